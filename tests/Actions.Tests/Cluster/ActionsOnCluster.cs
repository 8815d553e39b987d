using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>A namespace of its own for each test, on the real API server, and what tests of actions do there.</summary>
[Trait("Category", "Cluster")]
public abstract class ActionsOnCluster : IAsyncLifetime
{
    protected const string Attempt = "run-a1-restart-1";
    protected const string Undo = "run-a1-restart-undo-1";

    protected static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    protected string Name { get; } = "actions-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    protected KubernetesClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)));
        await Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Name } }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Client.DeleteAsync<Namespace>(new NamespacedName("", Name), null, CancellationToken.None);
        Client.Dispose();
    }

    /// <summary>A client of its own with <paramref name="wrap"/> between it and the server.</summary>
    protected static async Task<KubernetesClient> ConnectAsync(Func<HttpMessageHandler, HttpMessageHandler> wrap) =>
        new(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)), wrap: wrap);

    internal static IAction Action(string name) => ActionCatalog.Default.Find("kubernetes/" + name)!;

    protected ActionContext Context(string with, string attempt = Attempt, IKubernetesClient? client = null) =>
        new(client ?? Client, Name, Inputs.Of(with), attempt, Now);

    protected Task<ActionOutcome> ReadAsync(string action, string with) =>
        Action(action).ActAsync(Context(with), target: null, CancellationToken.None);

    protected Task<JsonObject> ApplyAsync(ResourceDefinition resource, JsonObject manifest)
    {
        var name = manifest.Text("metadata", "name")!;
        manifest["metadata"]!["namespace"] = Name;
        return Client.ApplyAsync(resource, new NamespacedName(Name, name), manifest, new ApplyOptions("tests"), CancellationToken.None);
    }

    protected Task<JsonObject> DeploymentAsync(string name, int replicas = 2, string image = "example.test/web:1") =>
        ApplyAsync(Workloads.Deployment, Workload.Manifest(Workloads.Deployment, name, replicas, image));

    protected Task<JsonObject> GetAsync(ResourceDefinition resource, string name) =>
        Client.GetAsync(resource, new NamespacedName(Name, name), CancellationToken.None);

    protected Task<JsonObject> PatchAsync(ResourceDefinition resource, string name, string merge) =>
        Client.PatchAsync(resource, new NamespacedName(Name, name), new Patch(PatchType.Merge, JsonNode.Parse(merge)!), CancellationToken.None);

    /// <summary>Waits until the Deployment's controller has seen its newest spec as this revision.</summary>
    protected async Task RevisionAsync(string name, int revision)
    {
        var watch = new WatchOptions { FieldSelector = $"metadata.name={name}" };
        await foreach (var change in Client.WatchAsync<Workload>(Name, watch, CancellationToken.None))
        {
            if (change.Object is { } found && found.Metadata.Annotations?.GetValueOrDefault(RevisionHistory.Annotation) == revision.ToString()
                && found.Status.Number("observedGeneration") == found.Metadata.Generation)
            {
                return;
            }
        }
    }

    /// <summary>Waits until a Deployment of no replicas is complete: its controller then writes nothing more by itself.</summary>
    protected async Task QuietAsync(string name)
    {
        var watch = new WatchOptions { FieldSelector = $"metadata.name={name}" };
        await foreach (var change in Client.WatchAsync<Workload>(Name, watch, CancellationToken.None))
        {
            var conditions = change.Object?.Status.Items("conditions") ?? [];
            if (conditions.Any(condition => condition.Text("reason") == "NewReplicaSetAvailable"))
            {
                return;
            }
        }
    }

    /// <summary>Looks and acts as the engine does: where a controller has written status in between, it looks again.</summary>
    protected static async Task<(ActionTarget Target, ActionOutcome Outcome)> ActAsync(string action, ActionContext context)
    {
        while (true)
        {
            var target = await Action(action).PrepareAsync(context, CancellationToken.None);
            var outcome = await Action(action).ActAsync(context, target, CancellationToken.None);
            if (outcome is not ActionOutcome.Moved)
            {
                return (target!, outcome);
            }
        }
    }

    /// <summary>Undoes what was done, as the engine does.</summary>
    protected static async Task<(ActionTarget Target, ActionOutcome Outcome)> UndoAsync(string action, ActionContext context, ActionTarget done)
    {
        while (true)
        {
            var target = await Action(action).PrepareUndoAsync(context, done, CancellationToken.None);
            var outcome = await Action(action).UndoAsync(context, target!, CancellationToken.None);
            if (outcome is not ActionOutcome.Moved)
            {
                return (target!, outcome);
            }
        }
    }

    internal static string? AttemptOf(JsonObject value) => value.Text("metadata", "annotations", Names.AttemptAnnotation);
}
