using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/evict: ends one pod, if its disruption budgets allow.</summary>
internal sealed class EvictAction() : ObjectRemoval(new ActionDeclaration(
    "kubernetes/evict",
    "Ends one pod, if its PodDisruptionBudgets allow.",
    ChangesState: true,
    [
        PodInput.Name,
        ObjectInput.NamespaceInput,
        LeavingInputs.Unmanaged,
        LeavingInputs.EmptyDir,
    ]))
{
    protected override string UndoBefore => "Cannot be undone: the pod is gone; what owns it makes another.";

    protected override RiskLevel RiskOf(ActionInputs inputs) => LeavingInputs.RiskOf(inputs);

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) =>
        LeavingInputs.Reasons(inputs, "ends a pod; its owner makes another, and no PodDisruptionBudget is broken");

    protected override ObjectInput NamedBy(ActionInputs inputs) => PodInput.Read(inputs);

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Pod.Definition);

    protected override string Look(ActionContext context, JsonObject found, string title)
    {
        if (PodLeaving.IsMirror(found))
        {
            throw new ActionException($"{title} is run by its node from a file: evicting it ends nothing");
        }

        var leaving = PodLeaving.Of(found, context.Inputs.Flag(LeavingInputs.Unmanaged.Name), context.Inputs.Flag(LeavingInputs.EmptyDir.Name));
        return leaving is Leaving.Unmanaged or Leaving.EmptyDir
            ? throw new ActionException($"{title} is not evicted: {PodLeaving.Why(leaving)}")
            : PodLeaving.MadeAgainBy(found) is { } owner
                ? $"Cannot be undone: {title} is gone; {owner} makes another."
                : $"Cannot be undone: {title} is gone, and nothing makes another.";
    }

    protected override Task SendAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        context.Client.EvictAsync(
            Resources.NameOf(target), new DeleteOptions { Uid = target.Uid, DryRun = context.DryRun }, cancellationToken);

    protected override string Done(ActionTarget target) => $"{Resources.Title(target)} evicted\n";
}
