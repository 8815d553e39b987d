using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/delete: deletes one object of any kind.</summary>
internal sealed class DeleteAction() : ObjectRemoval(new ActionDeclaration(
    "kubernetes/delete",
    "Deletes one object of any kind.",
    ChangesState: true,
    [
        new("kind", ActionInputType.Text, "Any kind, such as Deployment or certificates.cert-manager.io.", Required: true),
        new("apiVersion", ActionInputType.Text, "Group and version, where several groups have the kind. Defaults to what the server prefers."),
        new("name", ActionInputType.Text, "The object's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(Propagation, ActionInputType.Text, "What becomes of what it owns: deleted after it, before it, or kept. Defaults to Background.",
            Values: [Background, "Foreground", Orphan]),
    ]))
{
    private const string Propagation = "propagation";
    private const string Background = "Background";
    private const string Orphan = "Orphan";

    protected override string UndoBefore => "Cannot be undone: the object is gone. Where something owns it, that makes another.";

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        var kind = inputs.IsOpen("kind") || inputs.IsOpen("apiVersion") ? KindRisk.Open : KindRisk.Named(inputs.Required("kind"), inputs.Text("apiVersion"));
        var owned = inputs.IsOpen(Propagation) || inputs.Text(Propagation) != Orphan ? "what it owns is deleted too" : "what it owns is left without an owner";
        return kind.Why.Length > 0 ? ["deletes an object", kind.Why, owned] : ["deletes an object", owned];
    }

    protected override ObjectInput NamedBy(ActionInputs inputs)
    {
        inputs.Required("name");
        return base.NamedBy(inputs);
    }

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        ObjectInput.DiscoverAsync(context, named.Kind, cancellationToken);

    protected override string Look(ActionContext context, JsonObject found, string title)
    {
        if (found.Text("kind") == "Pod" && PodLeaving.IsMirror(found))
        {
            throw new ActionException($"{title} is run by its node from a file: deleting it ends nothing");
        }

        var held = found.Items("metadata", "finalizers").Select(item => item.ToString()).ToList();
        var ends = held.Count == 0 ? "" : $" It goes once these agree: {DrainPlan.List(held)}.";
        return (PodLeaving.MadeAgainBy(found) is { } owner
            ? $"Cannot be undone: {title} is gone; {owner} makes another."
            : $"Cannot be undone: {title} is gone, and nothing makes another.") + ends;
    }

    protected override Task SendAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) => context.Client.DeleteAsync(
        Resources.Of(target),
        Resources.NameOf(target),
        new DeleteOptions { Uid = target.Uid, PropagationPolicy = context.Inputs.Text(Propagation) ?? Background, DryRun = context.DryRun },
        cancellationToken);
}
