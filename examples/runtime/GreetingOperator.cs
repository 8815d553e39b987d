using System.Runtime.InteropServices;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace GreetingOperator;

public sealed record Greeting : KubernetesObject, IKubernetesObject<Greeting>
{
    public static ResourceDefinition Definition { get; } = new("examples.runbooks.dev", "v1", "Greeting", "greetings");
    public GreetingSpec? Spec { get; init; }
    public GreetingStatus? Status { get; init; }
}

public sealed record GreetingSpec(string To);
public sealed record GreetingStatus(List<Condition>? Conditions);

// Keeps a ConfigMap for each Greeting, and says in the Greeting's status that it is there.
public sealed class GreetingReconciler(IKubernetesClient client, ILister<Greeting> greetings, ILister<ConfigMap> maps, TimeProvider time)
    : IReconciler
{
    private static readonly ApplyOptions Apply = new("greeting-operator");

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (greetings.Find(request) is not { Spec: { } spec } greeting)
        {
            return ReconcileResult.Done; // It is gone, and Kubernetes deletes what it owned.
        }

        var (map, owner) = (maps.Find(request), OwnerReferences.ControllerOf(greeting));
        if (map is not null && OwnerReferences.FindController(map.Metadata)?.Uid != owner.Uid)
        {
            throw new TerminalException($"The ConfigMap {request} is somebody else's."); // No retry before something changes.
        }

        var metadata = new ObjectMeta { Name = request.Name, Namespace = request.Namespace };
        var data = new Dictionary<string, string> { ["greeting"] = $"Hello, {spec.To}!" };
        if (map?.Data?.GetValueOrDefault("greeting") != data["greeting"])
        {
            await client.ApplyAsync(new ConfigMap { Metadata = metadata with { OwnerReferences = [owner] }, Data = data }, Apply, cancellationToken);
        }

        var before = greeting.Status?.Conditions ?? [];
        var after = Conditions.Set(before, Conditions.Ready, "True", "Greeted", data["greeting"], greeting.Metadata.Generation, time.GetUtcNow());
        if (!after.SequenceEqual(before))
        {
            var status = new Greeting { Metadata = metadata, Status = new GreetingStatus(after) };
            await client.ApplyAsync(status, Apply with { Subresource = "status" }, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    public static Manager Create(IKubernetesClient client, RuntimeContext context, LeaderElector? elector = null)
    {
        var greetings = new Informer<Greeting>(client, new InformerOptions(), context);
        var maps = new Informer<ConfigMap>(client, new InformerOptions(), context);
        var reconciler = new GreetingReconciler(client, greetings, maps, context.Time);
        return new Manager(context, elector).Add(ControllerBuilder.For(greetings, Predicates.GenerationChanged).Owns(maps).Build(reconciler, context));
    }

    public static async Task Main()
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });
        using var client = new KubernetesClient(ClusterConfig.Load());
        await Create(client, new RuntimeContext()).RunAsync(stop.Token);
    }
}
