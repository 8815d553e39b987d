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
        var credentials = UserCredentials.TokenFile(new FileText(path, "tokenFile", Place.Unknown, _time));
        Assert.Equal("one", await TokenAsync(credentials));
        _folder.Write("token", "two");
        Assert.Equal("one", await TokenAsync(credentials));

        _time.Advance(FileText.Lifetime);

        Assert.Equal("two", await TokenAsync(credentials));

        // What was read last stays good while there is nothing else.
        File.Delete(path);
        _time.Advance(FileText.Lifetime);
        Assert.Equal("two", await TokenAsync(credentials));
    }

    [Fact]
    public async Task A_token_file_that_was_never_there_is_named()
    {
        var credentials = UserCredentials.TokenFile(new FileText("/absent/token", "tokenFile", new Place("config", "user \"jane\""), _time));

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TokenAsync(credentials));

        Assert.StartsWith("config: user \"jane\": tokenFile cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_read_again_at_once()
    {
        var path = _folder.Write("token", "one");
        using var wire = new WireHandler(request => request.Headers["Authorization"] == "Bearer one"
            ? WireHandler.Refusal(HttpStatusCode.Unauthorized, "Unauthorized")
            : WireHandler.Json("ok"));
        using var handler = new CredentialHandler(
            UserCredentials.TokenFile(new FileText(path, "tokenFile", Place.Unknown, _time)), null) { InnerHandler = wire };
        using var client = new KubernetesClient(new Uri("https://x.example"), handler);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.GetRawAsync("/version", CancellationToken.None));
        _folder.Write("token", "two");

        Assert.True(refused.IsUnauthorized);
        Assert.Single(wire.Requests);
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
            new ExecCluster("https://c.example", null, InsecureSkipTlsVerify: false, "PEM", null, new JsonObject { ["audience"] = 7 }),
            Place.Unknown,
            _time,
            terminal: false);

        Assert.Equal("hello-x", await TokenAsync(credentials));
        await TokenAsync(credentials);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs")));
        var info = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "info")))!;
        Assert.Equal("https://c.example", info["spec"]!["cluster"]!["server"]!.GetValue<string>());
        Assert.Equal(7, info["spec"]!["cluster"]!["config"]!["audience"]!.GetValue<int>());
        Assert.False(info["spec"]!["interactive"]!.GetValue<bool>());
        Assert.Equal("UEVN", info["spec"]!["cluster"]!["certificate-authority-data"]!.GetValue<string>());

        _time.Advance(TimeSpan.FromMinutes(1));
        await TokenAsync(credentials);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs"))).Length);
    }

    [Theory]
    [InlineData("echo nonsense-secret", "did not print an ExecCredential")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'", "version")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "neither a token nor a certificate")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"x\"}}'", "without its key")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"Pod\"}'", "Pod")]
    [InlineData("head -c 1100000 /dev/zero", "more than 1048576")]
    [InlineData("echo please log in >&2; exit 3", "ended with 3: please log in")]
    public async Task A_plugin_that_fails_is_named_without_what_it_printed(string script, string expected)
    {
        using var credentials = new ExecCredentials(Exec(_folder.Write("p", script)), Cluster, Place.Unknown, _time, terminal: false);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TokenAsync(credentials));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_is_not_there_is_named_with_its_hint()
    {
        var exec = Exec("x") with { Command = "no-such-plugin", InstallHint = "Install it." };
        using var credentials = new ExecCredentials(exec, Cluster, Place.Unknown, _time, terminal: false);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TokenAsync(credentials));

        Assert.Contains("no-such-plugin", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Install it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_and_its_key_become_one()
    {
        var (certificate, key) = Certificates.Create();

        Assert.True(ClientCertificate.FromPem(certificate, key, Place.Unknown).Leaf.HasPrivateKey);
        Assert.Throws<ConfigurationException>(() => ClientCertificate.FromPem(certificate, "no key", Place.Unknown));
    }

    [Fact]
    public async Task A_plugin_may_give_a_certificate_with_or_without_a_token()
    {
        var (certificate, key) = Certificates.Create();
        var answer = new JsonObject
        {
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["kind"] = "ExecCredential",
            ["status"] = new JsonObject { ["clientCertificateData"] = certificate, ["clientKeyData"] = key },
        };
        _folder.Write("answer", answer.ToJsonString());
        using var credentials = new ExecCredentials(Exec(_folder.Write("p", $"cat '{_folder.Path}/answer'")), Cluster, Place.Unknown, _time, terminal: false);

        var credential = await credentials.GetAsync(CancellationToken.None);

        Assert.Equal("CN=test", credential.Certificate?.Leaf.Subject);
        Assert.Null(credential.Token);
    }

    [Fact]
    public async Task A_refusal_asks_the_plugin_again_and_the_request_goes_out_once_more()
    {
        using var wire = new WireHandler(request => request.Headers["Authorization"] == "Bearer 2"
            ? WireHandler.Json(request.Body.Length > 0 ? request.Body : "ok")
            : WireHandler.Refusal(HttpStatusCode.Unauthorized, "Unauthorized"));
        using var client = CountingClient(wire);
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "b" } };

        var made = await client.CreateAsync(map, CancellationToken.None);

        Assert.Equal("a", made.Metadata.Name);
        Assert.Equal(["Bearer 1", "Bearer 2"], wire.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_second_refusal_is_final()
    {
        using var wire = new WireHandler(_ => WireHandler.Refusal(HttpStatusCode.Unauthorized, "Unauthorized"));
        using var client = CountingClient(wire);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetRawAsync("/version", CancellationToken.None));

        Assert.True(error.IsUnauthorized);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Requests_that_are_refused_together_ask_the_plugin_once()
    {
        var script = _folder.Write("count.sh", Counting);
        using var credentials = new ExecCredentials(Exec(script), Cluster, Place.Unknown, _time, terminal: false);
        var first = await credentials.GetAsync(CancellationToken.None);
        credentials.Refuse(first);
        var second = await credentials.GetAsync(CancellationToken.None);

        credentials.Refuse(first);

        Assert.Same(second, await credentials.GetAsync(CancellationToken.None));
    }

    // Prints 1, then 2, and so on.
    private string Counting => $$"""
        echo run >>'{{_folder.Path}}/count'
        printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"} }' $(wc -l <'{{_folder.Path}}/count')
        """;

    private KubernetesClient CountingClient(WireHandler wire) => new(
        new Uri("https://x.example"),
        new CredentialHandler(
            new ExecCredentials(Exec(_folder.Write("count.sh", Counting)), Cluster, Place.Unknown, _time, terminal: false), null) { InnerHandler = wire });

    private static ExecCluster Cluster => new(null, null, InsecureSkipTlsVerify: false, null, null);

    private static ExecConfig Exec(string script) => new() { ApiVersion = "client.authentication.k8s.io/v1", Command = "/bin/sh", Args = [script] };

    private static async Task<string?> TokenAsync(ICredentialSource source) => (await source.GetAsync(CancellationToken.None)).Token;
}
