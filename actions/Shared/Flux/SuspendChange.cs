using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Sets whether Flux leaves an object alone.</summary>
internal abstract class SuspendChange(ActionDeclaration declaration, bool suspend) : FluxChange(declaration)
{
    private static string Word(bool suspended) => suspended ? "suspended" : "resumed";

    protected override bool CanUndo => true;

    protected override Task<(JsonObject Seen, string Undo)> LookAsync(ActionContext context, JsonObject found, CancellationToken cancellationToken)
    {
        var title = new ObjectInput(found.Text("kind") ?? "", found.Text("metadata", "name"), found.Text("metadata", "namespace"));
        var before = IsSuspended(found);
        var undo = before == suspend ? $"Nothing to undo: {title} was {Word(before)} already." : $"{(before ? "Suspend" : "Resume")} {title}.";
        return Task.FromResult((new JsonObject { [SeenSuspend] = before }, undo));
    }

    protected override Task<Patch> PatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.Of(context, target, new JsonObject { [SeenSuspend] = suspend }));

    protected override string Done(ActionContext context, ActionTarget target) => $"{Title(target)} {Word(suspend)}\n";

    protected override string? Drift(ActionContext context, ActionTarget done, JsonObject found) =>
        IsSuspended(found) == suspend ? null : $"{Title(done)} is {Word(!suspend)} by now; the step had {Word(suspend)} it";

    protected override Task<Patch> UndoPatchAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MergePatch.Of(context, target, new JsonObject { [SeenSuspend] = target.Seen.Flag(SeenSuspend) }));

    protected override string Undone(ActionContext context, ActionTarget target) => $"{Title(target)} {Word(target.Seen.Flag(SeenSuspend))}\n";
}
