using System.Security.Cryptography;
using GreetingOperator;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>The example of docs/runtime.md, as it stands there, against the real server.</summary>
[Trait("Category", "Cluster")]
public sealed class GreetingTests : IAsyncLifetime, IDisposable
{
    private static readonly ApplyOptions AsUser = new("user");

    private readonly NamespacedName _key = new("greetings-" + RandomNumberGenerator.GetHexString(8, lowercase: true), "morning");
    private readonly WriteCounter _writes = new();
    private readonly RuntimeContext _context = new();
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        await kubectl.RunAsync(["apply", "--server-side", "--force-conflicts", "-f", "examples/runtime/crd.yaml"]);
        await kubectl.RunAsync(["wait", "--for=condition=Established", "--timeout=30s", "-f", "examples/runtime/crd.yaml"]);
        _client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)));
        await _client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = _key.Namespace } }, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _client.DeleteAsync<Namespace>(new NamespacedName("", _key.Namespace), null, CancellationToken.None);

    public void Dispose()
    {
        _client.Dispose();
        _context.Metrics.Dispose();
    }

    [Fact]
    public async Task It_greets_follows_changes_and_writes_nothing_after_a_restart()
    {
        await using (var first = await StartAsync())
        {
            await GreetAsync("world");
            await SeeAsync<ConfigMap>(change => Says(change, "Hello, world!"));
            await GreetAsync("moon");
            await SeeAsync<ConfigMap>(change => Says(change, "Hello, moon!"));
            var old = await _client.GetAsync<ConfigMap>(_key, CancellationToken.None);
            await _client.DeleteAsync<ConfigMap>(_key, null, CancellationToken.None);
            await SeeAsync<ConfigMap>(change => Says(change, "Hello, moon!") && change.Object!.Metadata.Uid != old.Metadata.Uid);
            await SeeAsync<Greeting>(change => change.Object?.Status?.Conditions is [{ Type: "Ready", Message: "Hello, moon!", ObservedGeneration: 2 }]);
        }

        var before = _writes.Count;
        await using (var second = await StartAsync())
        {
            await second.Manager.IdleAsync(CancellationToken.None);
        }

        Assert.True(before >= 3, $"{before} writes cannot have made all this.");
        Assert.Equal(before, _writes.Count);
    }

    [Fact]
    public async Task What_a_greeting_owned_goes_with_it()
    {
        await using var running = await StartAsync();
        await GreetAsync("world");
        await SeeAsync<ConfigMap>(change => Says(change, "Hello, world!"));

        var before = await _client.ListAsync<ConfigMap>(_key.Namespace, null, CancellationToken.None);

        await _client.DeleteAsync<Greeting>(_key, null, CancellationToken.None);

        await SeeAsync<ConfigMap>(static change => change.Type == WatchEventType.Deleted, before.ResourceVersion);
    }

    [Fact]
    public async Task A_map_of_somebody_else_is_left_alone()
    {
        var theirs = await _client.CreateAsync(
            new ConfigMap { Metadata = new ObjectMeta { Name = _key.Name, Namespace = _key.Namespace } }, CancellationToken.None);
        await GreetAsync("world");

        await using var running = await StartAsync();
        await running.Manager.IdleAsync(CancellationToken.None);

        var after = await _client.GetAsync<ConfigMap>(_key, CancellationToken.None);
        Assert.Equal((theirs.Metadata.ResourceVersion, 0), (after.Metadata.ResourceVersion, _writes.Count));
    }

    [Fact]
    public async Task As_one_of_several_replicas_it_leads_greets_and_can_be_looked_at()
    {
        using var stop = new CancellationTokenSource();
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var cluster = ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None));
        var run = ReplicatedOperator.RunAsync(cluster, new NamespacedName(_key.Namespace, "greeting-operator"), "pod-1", address, stop.Token);
        await GreetAsync("world");
        await SeeAsync<ConfigMap>(change => Says(change, "Hello, world!"));

        using var http = new HttpClient();
        Assert.Equal("ok", await http.GetStringAsync($"{address}/readyz"));
        Assert.Contains("leader_election_master_status{name=\"greeting-operator\"} 1\n", await http.GetStringAsync($"{address}/metrics"), StringComparison.Ordinal);
        await stop.CancelAsync();
        await run;
    }

    private async Task<RunningManager> StartAsync()
    {
        var client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)), wrap: _writes.Around);
        return await RunningManager.StartAsync(GreetingReconciler.Create(client, _context), client);
    }

    private Task<Greeting> GreetAsync(string to) => _client.ApplyAsync(
        new Greeting { Metadata = new ObjectMeta { Name = _key.Name, Namespace = _key.Namespace }, Spec = new GreetingSpec(to) }, AsUser, CancellationToken.None);

    private static bool Says(WatchEvent<ConfigMap> change, string text) => change.Object?.Data?.GetValueOrDefault("greeting") == text;

    // A watch without a version begins with what is there.
    private async Task SeeAsync<T>(Func<WatchEvent<T>, bool> wanted, string? version = null)
        where T : class, IKubernetesObject<T>
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var watch = new WatchOptions { FieldSelector = $"metadata.name={_key.Name}", ResourceVersion = version };
        await foreach (var change in _client.WatchAsync<T>(_key.Namespace, watch, patience.Token))
        {
            if (wanted(change))
            {
                return;
            }
        }

        Assert.Fail("The watch ended before what was wanted came.");
    }
}
