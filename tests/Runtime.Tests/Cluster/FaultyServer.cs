using System.Security.Cryptography;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>A namespace of the real API server, seen by two: an administrator, for whom all goes well, and an informer of ConfigMaps, between
/// which and the server things go wrong.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    // Far more than anything here takes: only a test that fails waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private Task _run = Task.CompletedTask;

    private FaultyServer(ClusterConfig config, string ns, TimeProvider time, InformerOptions options)
    {
        Namespace = ns;
        Context = new RuntimeContext { Time = time, Loggers = Log };
        Metrics = new PrometheusExposition(Context.Metrics.Meter);
        Administrator = new KubernetesClient(config);
        Client = new KubernetesClient(config, wrap: inner => Context.Metrics.CountRequests(Faults.Around(inner)), time: time);
        Maps = new Informer<ConfigMap>(Client, options with { Namespace = ns, LabelSelector = "test=yes" }, Context);
        Maps.Subscribe(change =>
        {
            lock (_seen)
            {
                var what = change switch { { Before: null } => "+", { After: null } => "-", _ => "~" };
                _seen.Add($"{what}{change.Object.Metadata.Name}={change.Object.Data?["x"]}");
            }
        });
    }

    public string Namespace { get; }

    public FaultInjector Faults { get; } = new();

    public LogRecorder Log { get; } = new();

    public RuntimeContext Context { get; }

    public PrometheusExposition Metrics { get; }

    public KubernetesClient Administrator { get; }

    public KubernetesClient Client { get; }

    public Informer<ConfigMap> Maps { get; }

    /// <summary>What the informer has told, in order: <c>+</c> new, <c>~</c> changed, <c>-</c> gone, with the name and the value.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public static async Task<FaultyServer> StartAsync(TimeProvider? time = null, InformerOptions? options = null)
    {
        var config = ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]);
        var ns = "faults-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var server = new FaultyServer(config, ns, time ?? TimeProvider.System, options ?? new InformerOptions());
        await server.Administrator.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = ns } }, CancellationToken.None);
        return server;
    }

    /// <summary>Starts the informer.</summary>
    public void Follow() => _run = Maps.RunAsync(_stop.Token);

    /// <summary>Starts it and waits until it knows what is there.</summary>
    public async Task SyncAsync()
    {
        Follow();
        await Maps.WaitForSyncAsync(CancellationToken.None).WaitAsync(Patience);
    }

    public Task CreateAsync(string name, string value = "1") => Administrator.CreateAsync(
        new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = Namespace, Labels = new() { ["test"] = "yes" } }, Data = new() { ["x"] = value } },
        CancellationToken.None);

    public Task SetAsync(string name, string value) => Administrator.PatchAsync<ConfigMap>(
        new NamespacedName(Namespace, name),
        new Patch(PatchType.Merge, new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonObject { ["x"] = value } }),
        CancellationToken.None);

    public Task DeleteAsync(string name) => Administrator.DeleteAsync<ConfigMap>(new NamespacedName(Namespace, name), null, CancellationToken.None);

    /// <summary>Waits until the informer knows just these: name and value.</summary>
    public async Task UntilAsync(params string[] expected)
    {
        try
        {
            await Maps.WaitUntilAsync(all => Describe(all).SequenceEqual(expected), CancellationToken.None).WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"It knows {string.Join(' ', Describe(Maps))}. Requests:\n{string.Join('\n', Faults.Requests)}\n{string.Join('\n', Log.Lines.Select(line => line.Text))}",
                exception);
        }
    }

    /// <summary>Writes as the one for whom things go wrong, as often as it takes, as a reconciler would be called.</summary>
    public async Task<int> WriteAsync(Func<KubernetesClient, Task> write)
    {
        var passes = 0;
        var done = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        using var controller = ControllerBuilder.For(Maps).Named("writer").Build(
            new FunctionReconciler(async (key, _) =>
            {
                if (key.Name == "write" && !done.Task.IsCompleted)
                {
                    Interlocked.Increment(ref passes);
                    await write(Client);
                    done.TrySetResult();
                }

                return ReconcileResult.Done;
            }),
            Context);
        var run = controller.RunAsync(stop.Token);
        controller.Enqueue(new NamespacedName(Namespace, "write"));
        await done.Task.WaitAsync(Patience);
        await stop.CancelAsync();
        await run;
        return passes;
    }

    /// <summary>Ends it. The faults must have happened.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await Administrator.DeleteAsync<Namespace>(new NamespacedName("", Namespace), null, CancellationToken.None);
        Client.Dispose();
        Administrator.Dispose();
        Metrics.Dispose();
        Context.Metrics.Dispose();
        Log.Dispose();
        _stop.Dispose();
        Faults.EnsureAllFired();
    }

    private static IEnumerable<string> Describe(ILister<ConfigMap> all) =>
        all.List().Select(map => $"{map.Metadata.Name}={map.Data?["x"]}").Order(StringComparer.Ordinal);
}
