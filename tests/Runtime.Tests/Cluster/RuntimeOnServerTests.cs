using System.Collections.Concurrent;
using System.Security.Cryptography;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class RuntimeOnServerTests : IAsyncLifetime, IDisposable
{
    private readonly string _ns = "runtime-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly RuntimeContext _context = new();
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)));
        await _client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = _ns } }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _client.DeleteAsync<Namespace>(new NamespacedName("", _ns), null, CancellationToken.None);
    }

    public void Dispose()
    {
        _client.Dispose();
        _context.Metrics.Dispose();
    }

    [Fact]
    public async Task A_controller_follows_the_server_through_a_broken_watch()
    {
        var passes = new ConcurrentDictionary<string, string?>();
        using var breaker = new WatchBreaker();
        using var client = new KubernetesClient(
            ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)), wrap: breaker.Around);
        var maps = new Informer<ConfigMap>(client, new InformerOptions { Namespace = _ns, LabelSelector = "test=yes" }, _context);
        var controller = ControllerBuilder.For(maps).Build(
            new FunctionReconciler(key =>
            {
                passes[key.Name] = maps.Find(key)?.Data?["x"];
                return ReconcileResult.Done;
            }),
            _context);
        var manager = new Manager(_context).Add(controller);
        using var stop = new CancellationTokenSource();
        var run = manager.RunAsync(stop.Token);
        await manager.Started;

        await CreateAsync("a", "1");
        await maps.WaitUntilAsync(all => all.List().Count == 1, CancellationToken.None);
        await breaker.BreakAsync();
        await CreateAsync("b", "2");
        await _client.DeleteAsync<ConfigMap>(new NamespacedName(_ns, "a"), null, CancellationToken.None);
        await maps.WaitUntilAsync(all => all.List().Count == 1 && all.Find(new NamespacedName(_ns, "b")) is not null, CancellationToken.None);
        await manager.IdleAsync(CancellationToken.None);
        await stop.CancelAsync();
        await run;

        Assert.Equal("2", passes["b"]);
        Assert.Null(passes["a"]);
    }

    [Fact]
    public async Task Metadata_is_followed_through_a_broken_watch_and_the_rest_is_left_out()
    {
        using var breaker = new WatchBreaker();
        using var client = new KubernetesClient(
            ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)), wrap: breaker.Around);
        var kind = await client.DiscoverAsync("cm", null, CancellationToken.None);
        var maps = new MetadataInformer(client, kind!, new InformerOptions { Namespace = _ns, LabelSelector = "test=yes" }, _context)
            .AddIndex("test", static map => [map.Metadata.Labels!["test"]]);
        using var stop = new CancellationTokenSource();
        await CreateAsync("a", "1");
        var run = maps.RunAsync(stop.Token);
        await maps.WaitUntilAsync(all => all.List().Count == 1, CancellationToken.None);

        await breaker.BreakAsync();
        await CreateAsync("b", "2");
        await _client.DeleteAsync<ConfigMap>(new NamespacedName(_ns, "a"), null, CancellationToken.None);
        await maps.WaitUntilAsync(all => all.List().Count == 1 && all.Find(new NamespacedName(_ns, "b")) is not null, CancellationToken.None);
        await stop.CancelAsync();
        await run;

        // The server says so of what it has left out.
        var map = Assert.Single(maps.ByIndex("test", "yes"));
        Assert.Equal(("b", nameof(PartialObjectMetadata)), (map.Metadata.Name, map.Kind));
        Assert.NotNull(map.Metadata.Uid);
    }

    [Fact]
    public async Task Of_two_electors_one_leads_and_the_other_follows_when_it_stops()
    {
        using var first = Elector("one");
        using var second = Elector("two");
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var firstRun = first.RunAsync(stopFirst.Token);
        await first.WaitAsync(CancellationToken.None);
        var secondRun = second.RunAsync(stopSecond.Token);

        await stopFirst.CancelAsync();
        await firstRun;
        await second.WaitAsync(CancellationToken.None);

        Assert.False(first.IsLeader);
        var lease = await _client.GetAsync<Lease>(new NamespacedName(_ns, "operator"), CancellationToken.None);
        Assert.Equal("two", lease.Spec?.HolderIdentity);
        await stopSecond.CancelAsync();
        await secondRun;
    }

    [Fact]
    public async Task The_server_takes_events_and_their_repeats()
    {
        await using var recorder = new EventRecorder(_client, new EventRecorderOptions { ReportingController = "example.com/operator", ReportingInstance = "test" }, _context);
        var map = await CreateAsync("a", "1");

        for (var i = 0; i < 3; i++)
        {
            recorder.Warning(map, "StepFailed", "Run", "It did not work.");
        }

        await recorder.FlushAsync(CancellationToken.None);

        var stored = Assert.Single(await _client.ListAllAsync<Event>(_ns, null, CancellationToken.None));
        Assert.Equal(("StepFailed", 3, map.Metadata.Uid), (stored.Reason, stored.Series?.Count, stored.Regarding?.Uid));
    }

    [Fact]
    public async Task A_finalizer_keeps_an_object_until_it_is_removed()
    {
        const string Finalizer = "runbooks.dev/test";
        var key = new NamespacedName(_ns, "a");
        var map = await CreateAsync("a", "1");
        var held = await _client.PatchAsync<ConfigMap>(key, Finalizers.Adding(map, Finalizer), CancellationToken.None);

        await _client.DeleteAsync<ConfigMap>(key, null, CancellationToken.None);
        var deleting = await _client.GetAsync<ConfigMap>(key, CancellationToken.None);
        var conflict = await Assert.ThrowsAsync<ApiException>(
            () => _client.PatchAsync<ConfigMap>(key, Finalizers.Removing(held, Finalizer), CancellationToken.None));
        await _client.PatchAsync<ConfigMap>(key, Finalizers.Removing(deleting, Finalizer), CancellationToken.None);

        Assert.NotNull(deleting.Metadata.DeletionTimestamp);
        Assert.True(conflict.IsConflict);
        Assert.Null(await _client.FindAsync<ConfigMap>(key, CancellationToken.None));
    }

    private LeaderElector Elector(string identity) => new(
        _client,
        new LeaderElectorOptions
        {
            Lease = new NamespacedName(_ns, "operator"),
            Identity = identity,
            RetryPeriod = TimeSpan.FromMilliseconds(200),
        },
        _context);

    private Task<ConfigMap> CreateAsync(string name, string value) => _client.CreateAsync(
        new ConfigMap
        {
            Metadata = new ObjectMeta { Name = name, Namespace = _ns, Labels = new() { ["test"] = "yes" } },
            Data = new() { ["x"] = value },
        },
        CancellationToken.None);
}
