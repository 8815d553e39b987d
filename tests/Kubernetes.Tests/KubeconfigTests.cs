using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class KubeconfigTests : IDisposable
{
    private const string First = """
        apiVersion: v1
        kind: Config
        current-context: shop
        clusters:
        - name: c1
          cluster: {server: "https://one.example:6443/sub", tls-server-name: kubernetes, proxy-url: "http://proxy.example:3128"}
        contexts:
        - name: shop
          context: {cluster: c1, user: u1, namespace: shop}
        users:
        - name: u1
          user: {token: "12345", as: jane, as-groups: [ops]}
        """;

    private const string Second = """
        current-context: other
        clusters:
        - {name: c1, cluster: {server: "https://hidden.example"}}
        - {name: c2, cluster: {server: "https://two.example", insecure-skip-tls-verify: true}}
        contexts:
        - {name: other, context: {cluster: c2, user: u2}}
        - {name: broken, context: {cluster: c2, user: nobody}}
        users:
        - {name: u2, user: {tokenFile: secrets/token}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_context_names_cluster_user_and_namespace()
    {
        var config = ClusterConfig.FromKubeconfig([_folder.Write("a", First)]);

        Assert.Equal(new Uri("https://one.example:6443/sub"), config.Server);
        Assert.Equal("shop", config.Namespace);
        Assert.Equal("kubernetes", config.TlsServerName);
        Assert.Equal(new Uri("http://proxy.example:3128"), config.Proxy);
        Assert.Equal("jane", config.Impersonate?.User);
        Assert.Equal(["ops"], config.Impersonate?.Groups);
        Assert.False(config.InsecureSkipTlsVerify);
    }

    [Fact]
    public async Task A_token_that_looks_like_a_number_stays_text() =>
        Assert.Equal("12345", (await CredentialAsync(ClusterConfig.FromKubeconfig([_folder.Write("a", First)]))).Token);

    [Fact]
    public async Task Of_two_files_the_first_to_say_something_counts()
    {
        string[] paths = [_folder.Write("a", First), _folder.Write("b/b", Second)];
        _folder.Write("b/secrets/token", "from-file\n");

        Assert.Equal("one.example", ClusterConfig.FromKubeconfig(paths).Server.Host);
        var other = ClusterConfig.FromKubeconfig(paths, "other");
        Assert.Equal("two.example", other.Server.Host);
        Assert.True(other.InsecureSkipTlsVerify);
        // The path is relative to the file that names it.
        Assert.Equal("from-file", (await CredentialAsync(other)).Token);
    }

    [Fact]
    public void Files_of_the_list_that_are_not_there_do_not_matter()
    {
        var list = string.Join(Path.PathSeparator, Path.Combine(_folder.Path, "absent"), _folder.Write("a", First));

        Assert.Equal("one.example", Load(("KUBECONFIG", list)).Server.Host);
        Assert.Throws<ConfigurationException>(() => Load(("KUBECONFIG", Path.Combine(_folder.Path, "absent"))));
        Assert.Throws<ConfigurationException>(() => ClusterConfig.Load(Path.Combine(_folder.Path, "absent")));
    }

    [Fact]
    public async Task A_Pod_uses_its_own_account()
    {
        _folder.Write("token", "pod-token");
        _folder.Write("namespace", "runbooks-system");
        _folder.Write("ca.crt", Certificates.CreateAuthority());

        var config = Load(("KUBERNETES_SERVICE_HOST", "fd00::1"), ("KUBERNETES_SERVICE_PORT", "6443"));

        Assert.Equal(new Uri("https://[fd00::1]:6443"), config.Server);
        Assert.Equal("runbooks-system", config.Namespace);
        Assert.Equal("pod-token", (await CredentialAsync(config)).Token);
        Assert.Single(config.CertificateAuthorities!);
    }

    [Fact]
    public void Without_anything_the_file_in_the_home_folder_is_used()
    {
        Assert.Throws<ConfigurationException>(() => Load(("HOME", _folder.Path)));
        _folder.Write(".kube/config", First);

        Assert.Equal("one.example", Load(("HOME", _folder.Path)).Server.Host);
    }

    [Theory]
    [InlineData("current-context: x", "context \"x\"")]
    [InlineData("{}", "current-context")]
    [InlineData("clusters: [{name: a, cluster: 7}]", "$.clusters[0].cluster")]
    [InlineData("clusters:\n - [unclosed", "config:3:1")]
    [InlineData("a: &a [*a]", "levels deep")]
    public void A_mistake_is_named_with_its_place(string text, string expected)
    {
        var path = _folder.Write("config", text + "\n");

        var error = Assert.Throws<ConfigurationException>(() => ClusterConfig.FromKubeconfig([path]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth-provider: {name: gcp}", "auth-provider gcp is gone since Kubernetes 1.26")]
    [InlineData("auth-provider: {name: azure, config: {x: y}}", "kubelogin")]
    [InlineData("auth-provider: {name: openstack}", "client-keystone-auth")]
    [InlineData("auth-provider: {name: oidc}", "oidc is not supported")]
    [InlineData("as-uid: x", "as-uid is set without as")]
    [InlineData("as-user-extra: {a: [b]}", "as-user-extra is set without as")]
    [InlineData("username: x", "username")]
    [InlineData("password: x", "password")]
    [InlineData("as-groups: [x]", "as-groups is set without as")]
    [InlineData("as: \"a\\r\\nb\"", "control characters")]
    [InlineData("client-key-data: eA==", "client-key is set without a client-certificate")]
    [InlineData("client-certificate-data: '!', client-key-data: eA==", "client-certificate-data is not base64")]
    [InlineData("client-certificate: absent, client-key: absent", "client-certificate cannot be read")]
    [InlineData("client-certificate-data: eA==, client-key-data: eA==", "client-certificate and client-key cannot be used")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}", "exec.apiVersion \"client.authentication.k8s.io/v1alpha1\"")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: x}", "exec.interactiveMode")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: x, interactiveMode: Always}", "nobody is there to answer x")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1beta1}", "exec.command is missing")]
    public void What_would_make_us_somebody_else_is_refused(string user, string expected)
    {
        var path = _folder.Write("config", First.Replace("token: \"12345\", as: jane, as-groups: [ops]", user, StringComparison.Ordinal));

        var error = Assert.Throws<ConfigurationException>(() => Resolve(path));

        Assert.StartsWith($"{path}: user \"u1\": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "server is missing")]
    [InlineData("{server: 'localhost:8080'}", "server is no address that begins with https:// or http://")]
    [InlineData("{server: 'https://x', proxy-url: 'socks4://jane:s3cret@x'}", "proxy-url is no address that begins with http:// or https:// or socks5://")]
    [InlineData("{server: 'https://x', certificate-authority: absent}", "certificate-authority cannot be read")]
    [InlineData("{server: 'https://x', certificate-authority-data: '!'}", "certificate-authority-data is not base64")]
    [InlineData("{server: 'https://x', certificate-authority-data: eA==}", "certificate-authority holds no certificate")]
    [InlineData("{server: 'https://x', certificate-authority-data: eA==, insecure-skip-tls-verify: true}", "contradicts")]
    public void A_cluster_that_cannot_be_reached_as_wanted_is_refused(string cluster, string expected)
    {
        var path = _folder.Write("config", $"current-context: a\ncontexts: [{{name: a, context: {{cluster: c}}}}]\nclusters: [{{name: c, cluster: {cluster}}}]\n");

        var error = Assert.Throws<ConfigurationException>(() => Resolve(path));

        Assert.StartsWith($"{path}: cluster \"c\": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_an_impersonation_is_read()
    {
        var user = "as: jane, as-groups: [ops], as-uid: u7, as-user-extra: {scopes: [a, b]}";
        var path = _folder.Write("config", First.Replace("token: \"12345\", as: jane, as-groups: [ops]", user, StringComparison.Ordinal));

        var identity = Resolve(path).Impersonate!;

        Assert.Equal("u7", identity.Uid);
        Assert.Equal(["a", "b"], identity.Extra["scopes"]);
    }

    [Fact]
    public async Task A_plugin_is_told_what_its_extension_says()
    {
        _folder.Write("b/plugin", """
            printf '%s' "$KUBERNETES_EXEC_INFO" >"$(dirname "$0")/info"
            echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}'
            """);
        var path = _folder.Write("b/config", """
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u}}]
            clusters:
            - name: c
              cluster:
                server: https://x.example
                extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: "06f2", number: 3, half: 0.5, yes: true}}]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: /bin/sh, args: [PLUGIN], provideClusterInfo: true}}}]
            """.Replace("PLUGIN", Path.Combine(_folder.Path, "b", "plugin"), StringComparison.Ordinal));

        Assert.Equal("t", (await CredentialAsync(ClusterConfig.FromKubeconfig([path]))).Token);

        var info = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "b", "info")))!;
        Assert.Equal("""{"audience":"06f2","number":3,"half":0.5,"yes":true}""", info["spec"]!["cluster"]!["config"]!.ToJsonString());
    }

    [Fact]
    public void A_Pod_without_its_files_says_which_one_is_missing()
    {
        _folder.Write("token", "pod-token");

        var error = Assert.Throws<ConfigurationException>(() => Load(("KUBERNETES_SERVICE_HOST", "10.0.0.1")));

        Assert.StartsWith($"{_folder.Path}: service account: ca.crt cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_that_is_not_there_is_a_mistake() =>
        Assert.Contains("nobody", Assert.Throws<ConfigurationException>(() => ClusterConfig.FromKubeconfig([_folder.Write("b", Second)], "broken")).Message, StringComparison.Ordinal);

    private ClusterConfig Load(params (string Name, string Value)[] environment) =>
        ClusterConfig.Load(null, null, name => environment.FirstOrDefault(entry => entry.Name == name).Value, _folder.Path);

    // Nobody is at the keyboard of a test.
    private static ClusterConfig Resolve(string path) => KubeconfigResolver.Resolve(KubeconfigReader.ReadAll([path]), null, terminal: false);

    private static async Task<Credential> CredentialAsync(ClusterConfig config) =>
        await config.Credentials!(new ManualTimeProvider()).GetAsync(CancellationToken.None);
}
