using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/describe: shows one object with its conditions, owner, containers, pods and events.</summary>
internal sealed class DescribeAction() : ReadAction(new ActionDeclaration(
    "kubernetes/describe",
    "Shows one object with its conditions, owner, containers, pods and events. Of Secrets it shows names and types, never values.",
    ChangesState: false,
    [
        new("kind", ActionInputType.Text, "Any kind, such as Deployment, pod or certificates.cert-manager.io.", Required: true),
        new("apiVersion", ActionInputType.Text, "Group and version, where several groups have the kind. Defaults to what the server prefers."),
        new("name", ActionInputType.Text, "The object's name.", Required: true),
        ObjectInput.NamespaceInput,
    ]))
{
    /// <summary>The most events shown: the newest.</summary>
    public const int MaximumEvents = 20;

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs) => ObjectInput.Read(inputs).ToString();

    protected override void CheckInputs(ActionInputs inputs) => ObjectInput.Read(inputs);

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var wanted = ObjectInput.Read(context.Inputs);
        var resource = await ObjectInput.DiscoverAsync(context, wanted.Kind, cancellationToken);
        var ns = resource.Namespaced ? wanted.Namespace ?? context.Namespace : "";
        var found = await context.Client.GetAsync(resource, new NamespacedName(ns, wanted.Name!), cancellationToken);
        var shown = Showable.Of(resource, found);
        var selector = Selectors.Of(shown.At("spec", "selector"));
        var pods = ns.Length > 0 && selector is not null && resource.GroupResource != "pods"
            ? await AllowedAsync(() => context.Client.ListAsync(Pod.Definition, ns, new ListOptions { LabelSelector = selector }, cancellationToken), cancellationToken)
            : [];
        var options = new ListOptions { FieldSelector = $"regarding.uid={found.Text("metadata", "uid")}" };
        var events = await AllowedAsync(
            () => context.Client.ListAsync(Event.Definition, ns.Length > 0 ? ns : "default", options, cancellationToken), cancellationToken);
        return new ActionOutcome.Succeeded(ActionOutput.KeepStart(
        [
            .. Description.Head(resource, shown, ManagedBy.Of(found), context.Now),
            .. Description.Containers(shown),
            .. Description.Conditions(shown),
            .. pods is null ? ["", "Pods: not allowed to list them"] : PodRows.Of(pods, context.Now),
            .. events is null ? ["", "Events: not allowed to list them"] : Description.Events(events, context.Now),
        ]));
    }

    // What may not be seen beside the object takes nothing from what may.
    private static async Task<IReadOnlyList<JsonObject>?> AllowedAsync(Func<Task<IReadOnlyList<JsonObject>>> list, CancellationToken cancellationToken)
    {
        try
        {
            return await list();
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused })
        {
            return null;
        }
    }
}
