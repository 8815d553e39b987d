using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>How the target looks after a patch to it has failed.</summary>
internal enum Sighting
{
    /// <summary>It carries this attempt's annotation: the change has landed.</summary>
    Ours,

    /// <summary>It is at the version that the patch names: nothing has landed, but a patch under way still can.</summary>
    Same,

    /// <summary>It is at another version, and no attempt has changed it since: nothing has landed and nothing can.</summary>
    Changed,

    /// <summary>Another attempt has changed it since, and may have written over this attempt's annotation.</summary>
    Taken,

    /// <summary>It was deleted and made again.</summary>
    Replaced,

    /// <summary>It is not there.</summary>
    Gone,

    /// <summary>It cannot be read.</summary>
    Hidden,
}

/// <summary>Decides what became of a patch from how it failed and how its target looks. Pure.</summary>
internal static class PatchVerdict
{
    /// <summary>How <paramref name="found"/> looks to the attempt that saw it as <paramref name="target"/>.</summary>
    public static Sighting See(JsonObject found, ActionTarget target, string attemptId)
    {
        var attempt = found.Text("metadata", "annotations", Names.AttemptAnnotation);
        return found switch
        {
            _ when found.Text("metadata", "uid") != target.Uid => Sighting.Replaced,
            _ when attempt == attemptId => Sighting.Ours,
            _ when found.Text("metadata", "resourceVersion") == target.ResourceVersion => Sighting.Same,
            _ when attempt == target.Seen.Text(ActionTarget.SeenAttempt) => Sighting.Changed,
            _ => Sighting.Taken,
        };
    }

    /// <summary>The outcome, or null to send the same patch again.</summary>
    /// <param name="failure">How the patch failed.</param>
    /// <param name="sighting">How the target looks.</param>
    /// <param name="target">The target.</param>
    /// <param name="done">The output of a change that has landed.</param>
    /// <param name="last">Whether the patch may not be sent again.</param>
    public static ActionOutcome? Of(ApiFailure failure, Sighting sighting, ActionTarget target, string done, bool last)
    {
        var title = Resources.Title(target);
        return (sighting, failure.Kind) switch
        {
            (Sighting.Ours, _) => new ActionOutcome.Succeeded(done),
            (Sighting.Gone, _) => new ActionOutcome.Failed($"{title} is gone."),
            (Sighting.Replaced, _) => new ActionOutcome.Failed($"{title} was deleted and made again since it was looked at; the new one was not touched."),
            (Sighting.Taken, _) => new ActionOutcome.Unknown($"Another run has changed {title} since; whether this attempt did before is not known."),
            (Sighting.Hidden, _) => new ActionOutcome.Unknown($"{title} cannot be read to see whether it was changed: {failure.Message}"),
            (Sighting.Changed, FailureKind.Conflict or FailureKind.Unclear) => new ActionOutcome.Moved($"{title} has changed since it was looked at."),
            (_, FailureKind.Refused) => new ActionOutcome.Failed($"{title} was not changed: {failure.Message}"),
            (_, FailureKind.Unclear) when last => new ActionOutcome.Unknown($"Whether {title} was changed is not known: {failure.Message}"),
            (_, _) when last => new ActionOutcome.Failed($"{title} was not changed: {failure.Message}"),
            _ => null,
        };
    }
}
