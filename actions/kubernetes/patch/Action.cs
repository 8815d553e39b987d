using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/patch: changes fields of one object of any kind.</summary>
internal sealed class PatchAction() : AnyObjectChange(new ActionDeclaration(
    "kubernetes/patch",
    "Changes fields of one object of any kind.",
    ChangesState: true,
    [
        .. Inputs,
        new(Merge, ActionInputType.Object, "A JSON merge patch: fields and their new values. A list replaces the whole list."),
        new(Operations, ActionInputType.Objects, "A JSON patch instead: operations with op (add, remove, replace, test), path and value."),
    ]))
{
    private const string Merge = "patch";
    private const string Operations = "operations";

    protected override string UndoBefore => "Set every changed field back to what it was before, where that is short enough to be recorded.";

    protected override bool CanUndo => true;

    // What keeps an object from going is taken off while it goes.
    protected override bool ChangesDeleting => true;

    protected override bool Undoes(JsonObject seen) => PatchRecord.Read(seen) is { Set.Count: > 0 };

    protected override void CheckInputs(ActionInputs inputs) => Judge(inputs);

    protected override RiskFinding Judge(ActionInputs inputs)
    {
        var patch = PatchInput.Read(inputs, Merge, Operations);
        return PatchRisk.Of(KindOf(inputs), inputs.Text("namespace"), patch, patch.Operations.Any(operation => Variables.NamesIn(string.Join('/', operation.Path)).Any()));
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var title = new ObjectInput(found.Text("kind") ?? "", found.Text("metadata", "name"), found.Text("metadata", "namespace")).ToString();
        if (found.Text("kind") == "ConfigMap" && PatchRisk.Of(KindOf(context.Inputs), context.Namespace, Read(context), open: false).Level > RiskOf(context.Inputs))
        {
            throw new ActionException($"{title} is in a namespace of Kubernetes' own: name the namespace in the step, so that it is judged");
        }

        var record = PatchRecord.Of(found, Read(context).Apply(found));
        return Task.FromResult(record switch
        {
            { Set.Count: 0 } => (new JsonObject(), $"Nothing to undo: {title} is so already."),
            { Fits: false } => (new JsonObject(), $"Cannot be undone by itself: what was there is longer than {PatchRecord.MaximumLength} characters. {Where(record)}"),
            _ when record.Set["metadata"] is JsonObject metadata && metadata.ContainsKey("finalizers") =>
                (new JsonObject(), $"Cannot be undone: without its finalizers {title} may be gone."),
            _ when found.Text("kind") == "Secret" && record.Set.At("metadata", "annotations") is not null =>
                (new JsonObject(), "Cannot be undone by itself: what annotations of a Secret hold is not recorded."),
            _ => (record.ToSeen(), Variables.Clean($"Set back in {title}: {record.Back.ToJsonString()}", Limits.Message)),
        });
    }

    // The version that was seen goes with it: a JSON patch, done on exactly that version, is what it made of it there.
    protected override async Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        if (PatchRecord.Read(target.Seen) is { } record)
        {
            return MergePatch.OfObject(context, target, record.Set);
        }

        var found = await context.Client.GetAsync(Resources.Of(target), new NamespacedName(target.Namespace, target.Name), cancellationToken);
        var seen = found.Text("metadata", "resourceVersion") == target.ResourceVersion;

        // Of another version nothing is made: what is sent then meets a conflict.
        return MergePatch.OfObject(context, target, seen ? MergeDiff.Of(found, Read(context).Apply(found)) ?? [] : []);
    }

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)} patched{(PatchRecord.Read(target.Seen) is { } record ? ": " + Variables.Clean(record.Set.ToJsonString(), Limits.Message) : "")}\n";

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found) =>
        PatchRecord.Read(done.Seen)!.HoldsIn(found) ? null : $"{Title(done)} is no longer as the step had set it";

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.OfObject(context, target, PatchRecord.Read(target.Seen)!.Back));

    protected override string Undone(ActionContext context, ActionTarget target) => $"{Title(target)} is as before the patch\n";

    private static PatchInput Read(ActionContext context) => PatchInput.Read(context.Inputs, Merge, Operations);

    private static string Where(PatchRecord record) => "It changes " + Variables.Clean(string.Join(", ", record.Set.Select(member => member.Key)), Limits.Label) + ".";
}
