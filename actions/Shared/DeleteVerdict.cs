using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>What is left of a target after a deletion of it has failed.</summary>
internal enum Remains
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Another object of the same name.</summary>
    Another,

    /// <summary>The object, on its way out.</summary>
    Ending,

    /// <summary>The object.</summary>
    All,

    /// <summary>It cannot be read.</summary>
    Hidden,
}

/// <summary>Decides what became of a deletion from how it failed and what is left. Pure.</summary>
internal static class DeleteVerdict
{
    /// <summary>What is left, if <paramref name="found"/> is there under the target's name.</summary>
    public static Remains See(JsonObject found, ActionTarget target) =>
        found.Text("metadata", "uid") != target.Uid ? Remains.Another
        : found.Text("metadata", "deletionTimestamp") is not null ? Remains.Ending
        : Remains.All;

    /// <summary>The outcome where the object is not there.</summary>
    public static ActionOutcome Gone(ActionTarget target) => new ActionOutcome.Succeeded($"{Resources.Title(target)} is gone\n");

    /// <summary>The outcome, or null to send the same deletion again.</summary>
    /// <param name="failure">How it failed.</param>
    /// <param name="remains">What is left.</param>
    /// <param name="target">The target.</param>
    /// <param name="done">The output of a deletion that was accepted.</param>
    /// <param name="last">Whether it may not be sent again.</param>
    public static ActionOutcome? Of(ApiFailure failure, Remains remains, ActionTarget target, string done, bool last)
    {
        var title = Resources.Title(target);
        return (remains, failure.Kind) switch
        {
            (Remains.Nothing, _) => Gone(target),
            (Remains.Another, _) => new ActionOutcome.Succeeded($"{title} is gone; there is another of its name, which was not touched\n"),
            (Remains.Ending, FailureKind.Unclear) => new ActionOutcome.Succeeded(done),
            (_, FailureKind.Refused or FailureKind.Busy) => new ActionOutcome.Failed($"{title} was not deleted: {failure.Message}"),
            (Remains.Hidden, _) or (_, FailureKind.Unclear) when last => new ActionOutcome.Unknown($"Whether {title} was deleted is not known: {failure.Message}"),
            (_, _) when last => new ActionOutcome.Failed($"{title} was not deleted: {failure.Message}"),
            _ => null,
        };
    }
}
