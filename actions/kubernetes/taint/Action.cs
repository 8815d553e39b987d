using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/taint: sets one taint of a node, or takes it away.</summary>
internal sealed class TaintAction() : ObjectChange(new ActionDeclaration(
    "kubernetes/taint",
    "Sets one taint of a node, or takes it away.",
    ChangesState: true,
    [
        NodeInput.Name,
        new(Key, ActionInputType.Text, "The taint's key, such as example.com/maintenance.", Required: true),
        new(Value, ActionInputType.Text, "The taint's value. Defaults to none. Not with remove."),
        new(Effect, ActionInputType.Text, "What it does to pods that do not tolerate it.", Required: true, NodeTaint.Effects),
        new(Remove, ActionInputType.Flag, "Take the taint of this key and effect away, whatever its value. Defaults to false."),
    ]))
{
    private const string Key = "key";
    private const string Value = "value";
    private const string Effect = "effect";
    private const string Remove = "remove";
    private const string SeenValue = "taint";

    protected override string UndoBefore => "Set the taint of this key and effect back to what it was, or take it away if there was none.";

    protected override bool CanUndo => true;

    protected override RiskLevel RiskOf(ActionInputs inputs) => EndsPods(inputs) ? RiskLevel.Dangerous : RiskLevel.Caution;

    protected override IReadOnlyList<string> Reasons(ActionInputs inputs)
    {
        const string Changes = "changes which pods are scheduled to the node";
        return !EndsPods(inputs) ? [Changes]
            : inputs.IsOpen(Effect) || inputs.IsOpen(Remove) ? ["what it does to pods is not known before the run; NoExecute ends them", Changes]
            : ["NoExecute ends every pod on the node that does not tolerate it, and asks no PodDisruptionBudget", Changes];
    }

    protected override ObjectInput NamedBy(ActionInputs inputs) => NodeInput.Read(inputs);

    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(NodeInput.Resource);

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (!inputs.IsOpen(Key) && !NodeTaint.IsKey(inputs.Required(Key)))
        {
            throw new ActionException("the input key must be the key of a taint, such as example.com/maintenance");
        }

        if (!inputs.IsOpen(Value) && !NodeTaint.IsValue(inputs.Text(Value) ?? ""))
        {
            throw new ActionException("the input value must be the value of a taint: letters, digits, -, _ and .");
        }

        if (!inputs.IsOpen(Remove) && inputs.Flag(Remove) && inputs.Text(Value) is not null)
        {
            throw new ActionException("give one of value and remove");
        }
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var title = $"Node {found.Text("metadata", "name")}";
        var before = NodeTaint.ValueOn(found, KeyOf(context), EffectOf(context));
        var undo = before == Wanted(context)
            ? $"Nothing to undo: {title} is so already."
            : before is null
                ? $"Take the taint {Taint(context, Wanted(context)!)} of {title} away."
                : $"Set the taint {Taint(context, before)} of {title} again.";
        return Task.FromResult((new JsonObject { [SeenValue] = before }, undo));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        SetAsync(context, target, Wanted(context), cancellationToken);

    protected override string Done(ActionContext context, ActionTarget target) => Told(context, target, Wanted(context));

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        var now = NodeTaint.ValueOn(found, KeyOf(context), EffectOf(context));
        return now == Wanted(context) ? null
            : now is null ? $"{Title(done)} no longer has the taint that the step had set"
            : $"{Title(done)} has the taint {Taint(context, now)} by now, which the step had not set";
    }

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        SetAsync(context, target, target.Seen.Text(SeenValue), cancellationToken);

    protected override string Undone(ActionContext context, ActionTarget target) => Told(context, target, target.Seen.Text(SeenValue));

    // A merge patch replaces the whole list. What is read here is at the version that the patch names, or the patch does not land.
    private static async Task<Patch> SetAsync(ActionContext context, ActionTarget target, string? value, CancellationToken cancellationToken)
    {
        var node = await context.Client.GetAsync(NodeInput.Resource, Resources.NameOf(target), cancellationToken);
        return MergePatch.Of(context, target, new JsonObject { ["taints"] = NodeTaint.With(node, KeyOf(context), value, EffectOf(context)) });
    }

    private static bool EndsPods(ActionInputs inputs) =>
        (inputs.IsOpen(Remove) || !inputs.Flag(Remove)) && (inputs.IsOpen(Effect) || inputs.Text(Effect) == NodeTaint.NoExecute);

    private static string KeyOf(ActionContext context) => context.Inputs.Required(Key);

    private static string EffectOf(ActionContext context) => context.Inputs.Required(Effect);

    private static string? Wanted(ActionContext context) => context.Inputs.Flag(Remove) ? null : context.Inputs.Text(Value) ?? "";

    private static NodeTaint Taint(ActionContext context, string value) => new(KeyOf(context), value, EffectOf(context));

    private static string Told(ActionContext context, ActionTarget target, string? value) =>
        value is null ? $"{Title(target)} has no taint {Taint(context, "")}\n" : $"{Title(target)} has the taint {Taint(context, value)}\n";
}
