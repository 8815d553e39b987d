using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/delete-pod: deletes a pod, so that its controller makes a new one.</summary>
internal sealed class DeletePodAction() : ObjectRemoval(new ActionDeclaration(
    "kubernetes/delete-pod",
    "Deletes a pod, so that its controller makes a new one.",
    ChangesState: true,
    [
        PodInput.Name,
        ObjectInput.NamespaceInput,
    ]))
{
    protected override string UndoBefore => "Cannot be undone: the pod is gone; what owns it makes another.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs) =>
    [
        "a deletion cannot be undone: what the pod holds in memory and in its own volumes is lost",
        "does not ask PodDisruptionBudgets; kubernetes/evict does",
    ];

    protected override ObjectInput NamedBy(ActionInputs inputs) => PodInput.Read(inputs);

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Pod.Definition);

    protected override string Look(ActionContext context, JsonObject found, string title) =>
        PodLeaving.IsMirror(found) ? throw new ActionException($"{title} is run by its node from a file: deleting it ends nothing")
        : PodLeaving.MadeAgainBy(found) is { } owner ? $"Cannot be undone: {title} is gone; {owner} makes another."
        : throw new ActionException($"{title} has no owner that would make another; kubernetes/delete deletes it all the same");

    protected override Task SendAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        context.Client.DeleteAsync(
            Resources.Of(target), Resources.NameOf(target), new DeleteOptions { Uid = target.Uid, DryRun = context.DryRun }, cancellationToken);
}
