using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class CredentialTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_file_is_read_again_after_a_while()
    {
        var path = _folder.Write("token", "one");
        var credentials = new TokenFileCredentials(path, _time);
        Assert.Equal("one", await TokenAsync(credentials));
        _folder.Write("token", "two");
        Assert.Equal("one", await TokenAsync(credentials));

        _time.Advance(TokenFileCredentials.Lifetime);

        Assert.Equal("two", await TokenAsync(credentials));
    }

    [Fact]
    public async Task A_token_that_was_refused_is_read_again_at_once()
    {
        var path = _folder.Write("token", "one");
        using var wire = new WireHandler(request => request.Headers["Authorization"] == "Bearer one"
            ? WireHandler.Refusal(HttpStatusCode.Unauthorized, "Unauthorized")
            : WireHandler.Json("ok"));
        using var handler = new CredentialHandler(new TokenFileCredentials(path, _time), null) { InnerHandler = wire };
        using var client = new KubernetesClient(new Uri("https://x.example"), handler);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.GetRawAsync("/version", CancellationToken.None));
        _folder.Write("token", "two");

        Assert.True(refused.IsUnauthorized);
        Assert.Equal("ok", await client.GetRawAsync("/version", CancellationToken.None));
    }

    [Fact]
    public async Task A_plugin_is_told_of_the_cluster_and_asked_again_when_its_token_runs_out()
    {
        var script = _folder.Write("plugin.sh", $$"""
            printf '%s' "$KUBERNETES_EXEC_INFO" >'{{_folder.Path}}/info'
            echo run >>'{{_folder.Path}}/runs'
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s","expirationTimestamp":"2026-01-02T03:05:05Z"} }' "$GREETING-$1"
            """);
        using var credentials = new ExecCredentials(
            Exec(script) with { Args = [script, "x"], Env = [new ExecVariable("GREETING", "hello")], ProvideClusterInfo = true },
            new ExecCluster("https://c.example", null, InsecureSkipTlsVerify: false, "PEM", null),
            _time);

        Assert.Equal("hello-x", await TokenAsync(credentials));
        await TokenAsync(credentials);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs")));
        var info = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "info")))!;
        Assert.Equal("https://c.example", info["spec"]!["cluster"]!["server"]!.GetValue<string>());
        Assert.Equal("UEVN", info["spec"]!["cluster"]!["certificate-authority-data"]!.GetValue<string>());

        _time.Advance(TimeSpan.FromMinutes(1));
        await TokenAsync(credentials);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs"))).Length);
    }

    [Theory]
    [InlineData("echo nonsense-secret", "did not print an ExecCredential")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'", "version")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "neither a token nor a certificate")]
    [InlineData("echo please log in >&2; exit 3", "ended with 3: please log in")]
    public async Task A_plugin_that_fails_is_named_without_what_it_printed(string script, string expected)
    {
        using var credentials = new ExecCredentials(Exec(_folder.Write("p", script)), Cluster, _time);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TokenAsync(credentials));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_is_not_there_is_named_with_its_hint()
    {
        var exec = Exec("x") with { Command = "no-such-plugin", InstallHint = "Install it." };
        using var credentials = new ExecCredentials(exec, Cluster, _time);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TokenAsync(credentials));

        Assert.Contains("no-such-plugin", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Install it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_and_its_key_become_one()
    {
        var (certificate, key) = Certificates.Create();

        using var both = ClientCertificate.FromPem(certificate, key, "x");

        Assert.True(both.HasPrivateKey);
        Assert.Throws<ConfigurationException>(() => ClientCertificate.FromPem(certificate, "no key", "x"));
    }

    private static ExecCluster Cluster => new(null, null, InsecureSkipTlsVerify: false, null, null);

    private static ExecConfig Exec(string script) => new() { ApiVersion = "client.authentication.k8s.io/v1", Command = "/bin/sh", Args = [script] };

    private static async Task<string?> TokenAsync(ICredentialSource source) => (await source.GetAsync(CancellationToken.None)).Token;
}
