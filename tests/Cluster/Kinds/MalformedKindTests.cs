using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>The operator itself among objects that it cannot read.</summary>
[Trait("Category", "Cluster")]
public sealed class MalformedKindTests : IAsyncLifetime, IDisposable
{
    private const int BadOfEach = 100;

    private static readonly TimeSpan OpeningTimeout = TimeSpan.FromSeconds(30);

    private Kubectl _kubectl = null!;
    private TestNamespace _namespace = null!;
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        _kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        _namespace = await TestNamespace.CreateAsync(_kubectl);
        _client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)));
        await RemoveWebhooksAsync();
    }

    public async Task DisposeAsync() => await _namespace.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_starts_and_serves_the_good_ones_and_says_how_many_it_cannot_read()
    {
        await using (await OpenSchemas.OpenAsync(_client, MangledKinds.Followed.Select(static kind => kind.Definition)))
        {
            foreach (var (type, definition) in MangledKinds.Followed)
            {
                await StoreAsync(definition, MangledKinds.Make(type, definition, BadOfEach, _namespace.Name, seed: 7));
            }

            await _kubectl.RunAsync(["create", "-n", _namespace.Name, "-f", "-"], string.Join(
                "\n---\n",
                Good("Runbook", "good", "title: x, mode: ReadAlong, steps: [{name: a, manual: Look.}]"),
                Good("Incident", "good", "key: k, alertCount: 0")));
            try
            {
                await ServeAsync();
            }
            finally
            {
                await RemoveWebhooksAsync();
            }
        }
    }

    private async Task ServeAsync()
    {
        await using var served = await TestOperator.StartAsync();
        await served.IdleAsync();
        await _kubectl.RunAsync(["wait", "-n", _namespace.Name, "--for=condition=Ready", "--timeout=60s", "runbooks.runbooks.dev/good"]);
        var page = await served.GetAsync("/metrics");

        Assert.Equal("ok", await served.GetAsync("/readyz"));
        Assert.All(MangledKinds.Followed, kind =>
            Assert.Contains($"reflector_undecodable_objects{{resource=\"{kind.Definition.GroupResource}\"}} {BadOfEach}\n", page, StringComparison.Ordinal));
        Assert.All(
            page.Split('\n').Where(static line => line.StartsWith("controller_runtime_reconcile_panics_total{", StringComparison.Ordinal)),
            static line => Assert.EndsWith(" 0", line, StringComparison.Ordinal));
        var incident = await _client.GetAsync(Incident.Definition, new NamespacedName(_namespace.Name, "good"), CancellationToken.None);
        Assert.Equal(1, (int?)incident["status"]?["observedGeneration"]);
    }

    // The API server takes a while to notice that a schema has changed.
    private async Task StoreAsync(ResourceDefinition definition, IEnumerable<JsonObject> values)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(values, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (value, stop) =>
        {
            for (var stored = false; !stored;)
            {
                try
                {
                    await _client.CreateAsync(definition, value, null, stop);
                    stored = true;
                }
                catch (ApiException exception) when (exception.IsInvalid && TimeProvider.System.GetElapsedTime(started) < OpeningTimeout)
                {
                    // Asked again at once: each request is an answer late enough.
                }
            }
        });
    }

    private Task<ShellResult> RemoveWebhooksAsync() =>
        _kubectl.TryAsync(["delete", "mutatingwebhookconfiguration,validatingwebhookconfiguration", "runbook-operator", "--ignore-not-found"]);

    private static string Good(string kind, string name, string spec) =>
        $"apiVersion: {Names.ApiVersion}\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}";
}
