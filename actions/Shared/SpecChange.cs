using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A change that sets a few fields right under <c>spec</c> and takes them back to what they were.</summary>
internal abstract class SpecChange(ActionDeclaration declaration) : ObjectChange(declaration)
{
    protected override bool CanUndo => true;

    // What was so before is left so.
    protected override bool Undoes(JsonObject seen) => seen["same"] is null;

    /// <summary>The fields and their values.</summary>
    protected abstract JsonObject Fields(ActionInputs inputs);

    /// <summary>The value that the API server takes where a field is not there, or null.</summary>
    protected virtual JsonNode? Default(string field) => null;

    /// <summary>The sentence that says how values are set back.</summary>
    protected abstract string UndoWith(string title, JsonObject seen);

    /// <summary>What the values mean, such as <c>paused</c>.</summary>
    protected abstract string Describe(JsonObject values);

    /// <summary>Checks that the object can be changed.</summary>
    /// <exception cref="ActionException">It cannot.</exception>
    protected virtual void CheckFound(ActionContext context, string title, JsonObject found)
    {
    }

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var title = new ObjectInput(found.Text("kind") ?? "", found.Text("metadata", "name"), found.Text("metadata", "namespace")).ToString();
        CheckFound(context, title, found);
        var fields = Fields(context.Inputs);
        var seen = Present(found, fields);
        if (fields.All(field => JsonNode.DeepEquals(seen[field.Key], field.Value)))
        {
            seen["same"] = true;
            return Task.FromResult((seen, $"Nothing to undo: {title} is {Describe(fields)} already."));
        }

        return Task.FromResult((seen, UndoWith(title, seen)));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.Of(context, target, Fields(context.Inputs)));

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found)
    {
        var set = Fields(context.Inputs);
        var now = Present(found, set);
        return set.All(field => JsonNode.DeepEquals(now[field.Key], field.Value))
            ? null
            : $"{Title(done)} is {Describe(now)} by now; the step had made it {Describe(set)}";
    }

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var before = new JsonObject();
        foreach (var (field, _) in Fields(context.Inputs))
        {
            before[field] = target.Seen?[field]?.DeepClone();
        }

        return Task.FromResult(MergePatch.Of(context, target, before));
    }

    protected override string Undone(ActionContext context, ActionTarget target) => $"{Title(target)} is {Describe(target.Seen ?? [])} again\n";

    private JsonObject Present(JsonObject found, JsonObject fields)
    {
        var present = new JsonObject();
        foreach (var (field, _) in fields)
        {
            present[field] = (found.At("spec", field) ?? Default(field))?.DeepClone();
        }

        return present;
    }
}
