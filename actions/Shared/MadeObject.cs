using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Undoes the making of an object: it is deleted by its UID, if it is the one that the attempt has made.</summary>
internal static class MadeObject
{
    /// <summary>Member of <see cref="ActionTarget.Seen"/>: the attempt that makes the object.</summary>
    public const string MadeBy = "madeBy";

    /// <summary>A target of what is to be made.</summary>
    /// <param name="context">The attempt that makes it.</param>
    /// <param name="resource">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="undo">What undoes it.</param>
    public static ActionTarget Target(ActionContext context, ResourceDefinition resource, NamespacedName name, string undo)
    {
        var target = Resources.Target(resource, name, found: null, undo);
        target.Seen![MadeBy] = context.AttemptId;
        return target with { Undoable = true };
    }

    /// <summary>Whether a target is of an object that the step makes.</summary>
    public static bool Is(ActionTarget target) => target.Seen.Text(MadeBy) is not null;

    /// <summary>Finds what was made.</summary>
    /// <param name="context">The client.</param>
    /// <param name="done">The target of the act.</param>
    /// <param name="moved">How the object is no longer as it was made; null if it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ActionException">It is gone, or is another one.</exception>
    public static async Task<ActionTarget> PrepareUndoAsync(
        ActionContext context, ActionTarget done, Func<JsonObject, string?> moved, CancellationToken cancellationToken)
    {
        var title = Resources.Title(done);
        var found = await FoundObject.FindAsync(context, Resources.Of(done), Resources.NameOf(done), cancellationToken)
            ?? throw new ActionException($"{title} is gone already: nothing is left to undo");
        return found.Text("metadata", "annotations", Names.AttemptAnnotation) != done.Seen.Text(MadeBy)
            ? throw new ActionException($"{title} is not as the step made it: another has taken it over; it is not touched")
            : done with
            {
                Uid = found.Text("metadata", "uid") ?? "",
                ResourceVersion = found.Text("metadata", "resourceVersion") ?? "",
                Moved = moved(found),
            };
    }

    /// <summary>Deletes it, and what depends on it.</summary>
    public static Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        GuardedDelete.SendAsync(context, target, "Background", $"{Resources.Title(target)} deleted\n", cancellationToken);
}
