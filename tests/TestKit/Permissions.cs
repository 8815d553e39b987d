using RunbookOperator.Kubernetes;

namespace RunbookOperator.TestKit;

/// <summary>What deploy/operator.yaml grants, without the Deployment: the operator of a test runs in the test's process, or in one that the test
/// starts.</summary>
public static class Permissions
{
    /// <summary>Where the operator lives: the namespace of deploy/operator.yaml.</summary>
    public const string Namespace = "runbooks-system";

    private static readonly Lazy<Task> Installed = new(ApplyAsync);

    private static readonly Lazy<Task<string>> Token = new(ReadTokenAsync);

    private static readonly Lazy<Task<ClusterConfig>> Config = new(ConnectAsync);

    /// <summary>Returns when the kinds are served and the operator's account has its rights.</summary>
    public static Task InstallAsync() => Installed.Value;

    /// <summary>The operator's own way to the cluster: with the token of its service account.</summary>
    public static Task<ClusterConfig> OperatorAsync() => Config.Value;

    /// <summary>The same as a file, for an operator in a process of its own.</summary>
    /// <param name="server">The address of the API server, or of what stands before it.</param>
    public static async Task<string> KubeconfigAsync(Uri server)
    {
        var token = await Token.Value;
        var administrator = ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]);
        var folder = Path.GetDirectoryName(token)!;
        var authorities = Path.Combine(folder, "ca.crt");
        await File.WriteAllTextAsync(authorities, string.Join('\n', administrator.CertificateAuthorities!.Select(static authority => authority.ExportCertificatePem())));
        var file = Path.Combine(folder, $"{server.Port}.kubeconfig");
        var trusted = server.Scheme == Uri.UriSchemeHttps ? $", certificate-authority: {authorities}" : "";
        await File.WriteAllTextAsync(file, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "{{{server}}}"{{{trusted}}}}}]
            users: [{name: u, user: {tokenFile: {{{token}}}}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """);
        return file;
    }

    private static async Task ApplyAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var manifests = await File.ReadAllTextAsync(Path.Combine(TestCluster.RepositoryRoot, "deploy", "operator.yaml"));
        var granted = manifests.Split("\n---\n").Where(document => !document.Contains("\nkind: Deployment\n", StringComparison.Ordinal)
            && !document.Contains("\nkind: PodDisruptionBudget\n", StringComparison.Ordinal));
        await kubectl.RunAsync(["apply", "-f", "-"], string.Join("\n---\n", granted));
        await kubectl.RunAsync(["apply", "-f", "-"], $$"""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata:
              name: operator-in-tests
              namespace: {{Namespace}}
              annotations: {kubernetes.io/service-account.name: runbook-operator}
            """);
    }

    private static async Task<ClusterConfig> ConnectAsync() =>
        ClusterConfig.FromKubeconfig([await KubeconfigAsync(ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]).Server)]);

    private static async Task<string> ReadTokenAsync()
    {
        await InstallAsync();
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var token = "";
        await Eventually.UntilAsync("the cluster makes a token for the operator's account", TimeSpan.FromSeconds(30), async () =>
        {
            token = await kubectl.RunAsync(["get", "secret", "-n", Namespace, "operator-in-tests", "-o", "jsonpath={.data.token}"]);
            return token.Length > 0;
        });
        var file = Path.Combine(Directory.CreateTempSubdirectory("runbooks-test-").FullName, "token");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(token));
        return file;
    }
}
