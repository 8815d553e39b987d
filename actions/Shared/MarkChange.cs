using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A change of the labels or of the annotations of one object.</summary>
internal abstract class MarkChange(ActionDeclaration declaration, string map) : AnyObjectChange(declaration)
{
    protected const string Remove = "remove";

    private const string Before = "before";

    protected override bool CanUndo => true;

    protected override string UndoBefore => "Set each key back to what it was before, and remove what was not there.";

    // Annotations of a Secret may hold a copy of its values, which must not enter a run's status.
    protected override bool Undoes(JsonObject seen) => seen[Before] is not null;

    protected override void CheckInputs(ActionInputs inputs) => Marks.Read(inputs, map, Remove, IsLabels);

    protected override RiskFinding Judge(ActionInputs inputs) =>
        MarkRisk.Of(KindOf(inputs), Marks.Read(inputs, map, Remove, IsLabels).Keys, annotations: !IsLabels);

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var marks = Marks.Read(context.Inputs, map, Remove, IsLabels);
        var before = new JsonObject();
        foreach (var key in marks.Keys)
        {
            if (found.Text("metadata", map, key) is { } value)
            {
                before[key] = value;
            }
        }

        var size = before.ToJsonString().Length;
        var why = found.Text("kind") == "Secret" && !IsLabels ? "what annotations of a Secret hold is not recorded"
            : size > PatchRecord.MaximumLength ? $"what was there is longer than {PatchRecord.MaximumLength} characters"
            : null;
        return Task.FromResult(why is null
            ? (new JsonObject { [Before] = before }, $"Set {Describe(marks, before)}.")
            : (new JsonObject(), $"Cannot be undone by itself: {why}."));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(PatchOf(context, target, Marks.Read(context.Inputs, map, Remove, IsLabels).ToPatch()));

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        foreach (var (key, value) in Marks.Read(context.Inputs, map, Remove, IsLabels).ToPatch())
        {
            if (found.Text("metadata", map, key) is var now && now != value?.GetValue<string>())
            {
                return Variables.Clean($"{key} of {Title(done)} is {now ?? "not there"} by now; the step had set {value?.GetValue<string>() ?? "nothing"}", Limits.Message);
            }
        }

        return null;
    }

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var back = new JsonObject();
        foreach (var key in Marks.Read(context.Inputs, map, Remove, IsLabels).Keys)
        {
            back[key] = target.Seen.Text(Before, key);
        }

        return Task.FromResult(PatchOf(context, target, back));
    }

    protected override string Done(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: {string.Join(", ", Marks.Read(context.Inputs, map, Remove, IsLabels).Keys)} changed\n";

    protected override string Undone(ActionContext context, ActionTarget target) =>
        $"{Title(target)}: {string.Join(", ", Marks.Read(context.Inputs, map, Remove, IsLabels).Keys)} as before\n";

    private bool IsLabels => map == "labels";

    private Patch PatchOf(ActionContext context, ActionTarget target, JsonObject values) =>
        MergePatch.OfObject(context, target, new JsonObject { ["metadata"] = new JsonObject { [map] = values } });

    private static string Describe(Marks marks, JsonObject before) => Variables.Clean(
        string.Join(", ", marks.Keys.Select(key => before.Text(key) is { } value ? $"{key} back to {(value.Length == 0 ? "nothing" : value)}" : $"{key} off again")), Limits.Message - 10);
}
