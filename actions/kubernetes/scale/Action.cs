using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/scale: sets how many pods a workload has.</summary>
internal sealed class ScaleAction() : WorkloadChange(new ActionDeclaration(
    "kubernetes/scale",
    "Sets how many pods a workload has.",
    ChangesState: true,
    [
        Workloads.KindInput(Workloads.Deployment, Workloads.StatefulSet, Workloads.ReplicaSet),
        new("name", ActionInputType.Text, "The workload's name.", Required: true),
        ObjectInput.NamespaceInput,
        new("replicas", ActionInputType.Number, $"How many pods, from 0 to {MaximumReplicas}.", Required: true),
    ]))
{
    /// <summary>The most replicas: more is a slip of the hand.</summary>
    public const int MaximumReplicas = 1000;

    private const string SeenReplicas = "replicas";

    protected override string UndoBefore => "Scale back to the replicas it had before.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Changes = "changes how many pods run";
        return inputs.IsOpen("replicas")
            ? ["how many replicas is not known before the run; 0 would stop the service", Changes]
            : inputs.Number("replicas") == 0 ? ["0 replicas stop the service: no pod is left", Changes] : [Changes];
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (!inputs.IsOpen("replicas") && inputs.Number("replicas") is < 0 or > MaximumReplicas)
        {
            throw new ActionException($"the input replicas must be from 0 to {MaximumReplicas}");
        }
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject workload, CancellationToken cancellationToken)
    {
        var title = new ObjectInput(workload.Text("kind") ?? "", workload.Text("metadata", "name"), workload.Text("metadata", "namespace"));
        var owner = workload.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller"));
        if (owner.Text("kind") == Workloads.Deployment.Kind)
        {
            throw new ActionException($"{title} belongs to Deployment {owner.Text("name")}, which would scale it back; scale that");
        }

        // The API server fills in 1 where nothing is given.
        var replicas = workload.Number("spec", SeenReplicas) ?? 1;
        return Task.FromResult((new JsonObject { [SeenReplicas] = replicas }, $"Scale {title} back to {replicas} {Noun(replicas)}."));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.Of(context, target, new JsonObject { ["replicas"] = context.Inputs.Number("replicas") }));

    protected override string Done(ActionContext context, ActionTarget target)
    {
        var replicas = context.Inputs.Number("replicas") ?? 0;
        return $"{Title(target)} scaled from {target.Seen.Number(SeenReplicas)} to {replicas} {Noun(replicas)}\n";
    }

    protected override bool CanUndo => true;

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        var (now, set) = (found.Number("spec", SeenReplicas) ?? 1, context.Inputs.Number("replicas"));
        return now == set ? null : $"{Title(done)} has {now} {Noun(now)} by now; the step had set {set}";
    }

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.Of(context, target, new JsonObject { [SeenReplicas] = target.Seen.Number(SeenReplicas) }));

    protected override string Undone(ActionContext context, ActionTarget target)
    {
        var replicas = target.Seen.Number(SeenReplicas) ?? 0;
        return $"{Title(target)} scaled back to {replicas} {Noun(replicas)}\n";
    }

    private static string Noun(long replicas) => replicas == 1 ? "replica" : "replicas";
}
