using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A change of one container in a workload's pod template. The patch names the container, not its place in the list: who else changes
/// the list meets the version, not this.</summary>
internal abstract class ContainerChange(ActionDeclaration declaration) : WorkloadChange(declaration)
{
    /// <summary>Member of what was seen: which container.</summary>
    protected const string Container = "container";

    private const string List = "list";
    private const string Containers = "containers";
    private const string InitContainers = "initContainers";

    public static readonly IReadOnlyList<ActionInput> Inputs =
    [
        Workloads.KindInput(Workloads.Deployment, Workloads.StatefulSet, Workloads.DaemonSet),
        new("name", ActionInputType.Text, "The workload's name.", Required: true),
        ObjectInput.NamespaceInput,
        new(Container, ActionInputType.Text, "The container, or init container. Defaults to the only one."),
    ];

    protected override bool CanUndo => true;

    /// <summary>The container's fields to set.</summary>
    protected abstract JsonObject Fields(ActionInputs inputs);

    /// <summary>The fields that take the container back to what was seen; null removes one.</summary>
    protected abstract JsonObject FieldsBefore(JsonNode? seen);

    /// <summary>What undoing needs of the container, and the sentence of it.</summary>
    protected abstract (JsonObject Seen, string Undo) See(string title, JsonNode container, ActionInputs inputs);

    /// <summary>How the container is no longer as the step has set it, or null.</summary>
    protected abstract string? Drift(JsonNode container, ActionInputs inputs);

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (inputs.Text(Container) is { } container && !inputs.IsOpen(Container) && !ObjectNames.IsLabel(container))
        {
            throw new ActionException("the input container must be the name of a container");
        }
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject workload, CancellationToken cancellationToken)
    {
        var named = new ObjectInput(workload.Text("kind") ?? "", workload.Text("metadata", "name"), workload.Text("metadata", "namespace"));
        var (list, container) = Choose(workload, context.Inputs.Text(Container), named.ToString());
        var name = container.Text("name") ?? "";
        var (seen, undo) = See($"container {name} of {named}", container, context.Inputs);
        seen[Container] = name;
        seen[List] = list;
        return Task.FromResult((seen, undo));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(Strategic(context, target, Fields(context.Inputs)));

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(Strategic(context, target, FieldsBefore(target.Seen)));

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        var name = done.Seen.Text(Container);
        var container = Of(found, done.Seen.Text(List) ?? "").FirstOrDefault(container => container.Text("name") == name);
        return container is null ? $"{Title(done)} has no container {name} any more" : Drift(container, context.Inputs);
    }

    private static Patch Strategic(ActionContext context, ActionTarget target, JsonObject fields)
    {
        fields["name"] = target.Seen.Text(Container);
        var pod = new JsonObject { [target.Seen.Text(List) ?? Containers] = new JsonArray(fields) };
        var spec = new JsonObject { ["template"] = new JsonObject { ["spec"] = pod } };
        return MergePatch.OfObject(context, target, new JsonObject { ["spec"] = spec }, PatchType.StrategicMerge);
    }

    private static (string List, JsonNode Container) Choose(JsonObject workload, string? name, string title)
    {
        var all = Of(workload, Containers).Select(container => (Containers, container))
            .Concat(Of(workload, InitContainers).Select(container => (InitContainers, container))).ToList();
        var fitting = name is null ? all.FindAll(entry => entry.Item1 == Containers) : all.FindAll(entry => entry.container.Text("name") == name);
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw new ActionException($"{title} has no container {name}; it has {Names(all.Select(entry => entry.container))}"),
            _ => throw new ActionException($"{title} has several containers; give one of {Names(all.Select(entry => entry.container))}"),
        };
    }

    private static IEnumerable<JsonNode> Of(JsonObject workload, string list) => workload.Items("spec", "template", "spec", list);

    private static string Names(IEnumerable<JsonNode> containers) =>
        Variables.Clean(string.Join(", ", containers.Select(container => container.Text("name"))), Limits.Line);
}
