using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The cluster of the fault programme, and what follows it from outside: the store's own history of runs, incidents and workloads.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private const string Marker = "faults.runbooks.dev/marker";

    private static int _markers;

    private readonly KubernetesClient _client;

    private Bench(LightCluster cluster, KubernetesClient client, EtcdHistory runbooks, EtcdHistory deployments, string folder)
    {
        Cluster = cluster;
        _client = client;
        Objects = runbooks;
        Workloads = deployments;
        Folder = folder;
    }

    public LightCluster Cluster { get; }

    /// <summary>An administrator's client, past every proxy.</summary>
    public IKubernetesClient Client => _client;

    /// <summary>Every version of the project's own objects.</summary>
    public EtcdHistory Objects { get; }

    /// <summary>Every version of what the runs act upon: the ledger.</summary>
    public EtcdHistory Workloads { get; }

    /// <summary>Where logs and ledgers are kept.</summary>
    public string Folder { get; }

    public static async Task<Bench> StartAsync(string folder)
    {
        var cluster = await LightCluster.StartAsync();
        await Permissions.InstallAsync();
        var kubectl = Kubectl.For(cluster.Kubeconfig);

        // Runs of the tests act by themselves where they only restart something, and ask one person where a step says that it is dangerous.
        await kubectl.RunAsync(["apply", "-f", "-"], $$$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: RunbookPolicy
            metadata: {name: default, namespace: {{{Permissions.Namespace}}}}
            spec:
              approvals:
                caution: {required: 0}
                dangerous: {required: 1, typedConfirmation: false}
            """);
        var revision = await cluster.RevisionAsync();
        return new Bench(
            cluster,
            new KubernetesClient(ClusterConfig.FromKubeconfig([cluster.Kubeconfig])),
            new EtcdHistory(cluster.Etcd, $"/registry/{Names.Group}/", revision, Path.Combine(folder, "objects.log")),
            new EtcdHistory(cluster.Etcd, "/registry/deployments/", revision, Path.Combine(folder, "ledger.log")),
            folder);
    }

    /// <summary>The client of a person.</summary>
    public IKubernetesClient As(string user) => _client.As(new Impersonation(user, ["system:authenticated"]));

    /// <summary>Waits until both histories hold everything that was stored before this call.</summary>
    public async Task CatchUpAsync(Arena arena)
    {
        var mark = $"{Interlocked.Increment(ref _markers)}";
        var patch = new Patch(PatchType.Merge, new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Marker] = mark } },
        });
        await _client.PatchAsync(Runbook.Definition, new NamespacedName(arena.Namespace, "lane0"), patch, CancellationToken.None);
        await _client.PatchAsync(Deployments, new NamespacedName(arena.Namespace, "lane0-a"), patch, CancellationToken.None);
        await Eventually.UntilAsync("the history is complete", TimeSpan.FromSeconds(30), () => Task.FromResult(Has(Objects, mark) && Has(Workloads, mark)));
    }

    /// <summary>Starts a run by hand, and waits for its end.</summary>
    public async Task<RunbookExecution> StartRunAsync(Arena arena, string runbook, string name, TimeSpan patience)
    {
        await _client.CreateAsync(
            new RunbookExecution
            {
                Metadata = new ObjectMeta { Name = name, Namespace = arena.Namespace },
                Spec = new RunbookExecutionSpec
                {
                    Runbook = new ExecutionRunbook { Name = runbook },
                    Trigger = new ExecutionTrigger { Type = TriggerType.Manual },
                    Mode = RunbookMode.Copilot,
                },
            },
            CancellationToken.None);
        RunbookExecution? run = null;
        await Eventually.UntilAsync($"the run {name} ends", patience, async () =>
            ExecutionPhase.IsFinal((run = await _client.FindAsync<RunbookExecution>(new NamespacedName(arena.Namespace, name), CancellationToken.None))?.Status?.Phase));
        return run!;
    }

    public async ValueTask DisposeAsync()
    {
        await Objects.DisposeAsync();
        await Workloads.DisposeAsync();
        _client.Dispose();
        await Cluster.DisposeAsync();
    }

    private static readonly ResourceDefinition Deployments = new("apps", "v1", "Deployment", "deployments");

    private static bool Has(EtcdHistory history, string mark) =>
        history.Versions.Any(version => (string?)version.Value?["metadata"]?["annotations"]?[Marker] == mark);
}
