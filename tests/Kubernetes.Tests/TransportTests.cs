using System.Collections.Concurrent;
using System.Text;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>What goes over a real connection.</summary>
public sealed class TransportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Groups_and_extras_go_in_lines_of_their_own()
    {
        var heads = new ConcurrentQueue<IReadOnlyList<string>>();
        await using var server = new HttpServer(async connection =>
        {
            heads.Enqueue(await connection.ReadHeadAsync());
            await connection.AnswerAsync("{}");
        });
        var user = "{token: t, as: jané, as-groups: ['a, b', c], as-uid: u1, as-user-extra: {Scopes/x: [one, two]}}";
        using var client = new KubernetesClient(Config(user, $"server: 'http://127.0.0.1:{server.Port}'"));

        await client.GetRawAsync("/version", CancellationToken.None);
        await client.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "b" } }, CancellationToken.None);

        Assert.Equal(2, heads.Count);
        Assert.All(heads, head => Assert.Equal(
            [
                "Impersonate-Extra-%53copes%2Fx: one", "Impersonate-Extra-%53copes%2Fx: two", "Impersonate-Group: a, b", "Impersonate-Group: c",
                "Impersonate-Uid: u1", "Impersonate-User: jané",
            ],
            head.Where(line => line.StartsWith("Impersonate-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_client_certificate_comes_with_those_that_lead_to_its_authority()
    {
        using var root = Certificates.Authority("root");
        using var between = Certificates.Authority("between", root);
        using var leaf = Certificates.Issue("jane", between);
        using var server = Certificates.Issue("server", root, "kubernetes");
        IReadOnlyList<string> sent = [];
        await using var listener = new HttpServer(async connection =>
        {
            sent = await connection.AcceptTlsAsync(server);
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("ok");
        });
        var chain = leaf.ExportCertificatePem() + "\n" + between.ExportCertificatePem() + "\n";
        var user = $"{{client-certificate-data: {Base64(chain)}, client-key-data: {Base64(Certificates.Key(leaf))}}}";
        using var client = new KubernetesClient(Config(user, Tls(listener, Base64(root.ExportCertificatePem()))));

        Assert.Equal("ok", await client.GetRawAsync("/version", CancellationToken.None));
        Assert.Equal(["CN=jane", "CN=between"], sent);
    }

    [Fact]
    public async Task A_certificate_that_was_renewed_on_disk_is_used_for_the_next_request()
    {
        using var root = Certificates.Authority("root");
        using var server = Certificates.Issue("server", root, "kubernetes");
        var seen = new ConcurrentQueue<string>();
        await using var listener = new HttpServer(async connection =>
        {
            seen.Enqueue((await connection.AcceptTlsAsync(server))[0]);
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("ok");
        });
        Renew("one");
        using var client = new KubernetesClient(
            Config("{client-certificate: pki/c, client-key: pki/k}", Tls(listener, Base64(root.ExportCertificatePem()))), time: _time);
        await client.GetRawAsync("/version", CancellationToken.None);

        // Half of it is new: what was there stays in use.
        _folder.Write("pki/c", Certificates.CreateAuthority());
        _time.Advance(FileText.Lifetime);
        await client.GetRawAsync("/version", CancellationToken.None);
        Renew("two");
        _time.Advance(FileText.Lifetime);
        await client.GetRawAsync("/version", CancellationToken.None);

        Assert.Equal(["CN=one", "CN=one", "CN=two"], seen);

        void Renew(string name)
        {
            using var leaf = Certificates.Issue(name, root);
            _folder.Write("pki/c", leaf.ExportCertificatePem());
            _folder.Write("pki/k", Certificates.Key(leaf));
        }
    }

    [Fact]
    public async Task An_authority_that_was_renewed_on_disk_is_believed_from_then_on()
    {
        using var root = Certificates.Authority("root");
        using var server = Certificates.Issue("server", root, "kubernetes");
        await using var listener = new HttpServer(async connection =>
        {
            await connection.AcceptTlsAsync(server);
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("ok");
        });
        _folder.Write("ca", Certificates.CreateAuthority());
        var cluster = $"server: 'https://127.0.0.1:{listener.Port}', tls-server-name: kubernetes, certificate-authority: ca";
        using var client = new KubernetesClient(Config("{token: t}", cluster), time: _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetRawAsync("/version", CancellationToken.None));

        _folder.Write("ca", root.ExportCertificatePem());
        _time.Advance(FileText.Lifetime);

        Assert.Equal("ok", await client.GetRawAsync("/version", CancellationToken.None));
    }

    [Fact]
    public async Task The_name_in_the_certificate_must_be_the_one_expected()
    {
        using var root = Certificates.Authority("root");
        using var server = Certificates.Issue("server", root, "kubernetes");
        await using var listener = new HttpServer(async connection =>
        {
            await connection.AcceptTlsAsync(server);
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("ok");
        });
        var address = $"server: 'https://127.0.0.1:{listener.Port}'";
        using var strict = new KubernetesClient(Config("{}", $"{address}, certificate-authority-data: {Base64(root.ExportCertificatePem())}"));
        using var credulous = new KubernetesClient(Config("{}", $"{address}, insecure-skip-tls-verify: true"));

        await Assert.ThrowsAsync<HttpRequestException>(() => strict.GetRawAsync("/version", CancellationToken.None));
        Assert.Equal("ok", await credulous.GetRawAsync("/version", CancellationToken.None));
    }

    private static string Tls(HttpServer server, string authority) =>
        $"server: 'https://127.0.0.1:{server.Port}', tls-server-name: kubernetes, certificate-authority-data: {authority}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private ClusterConfig Config(string user, string cluster) => ClusterConfig.FromKubeconfig([_folder.Write("config", $"""
        current-context: c
        clusters: [{"{"}name: c, cluster: {"{"} {cluster} {"}"} {"}"}]
        contexts: [{"{"}name: c, context: {"{"}cluster: c, user: u{"}"} {"}"}]
        users: [{"{"}name: u, user: {user} {"}"}]
        """)]);
}
