using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What came of making an object.</summary>
internal enum Creation
{
    /// <summary>It is there, and this attempt has made it.</summary>
    Ours,

    /// <summary>Another object has the name.</summary>
    Taken,

    /// <summary>There is none of the name.</summary>
    Missing,

    /// <summary>It cannot be read.</summary>
    Hidden,
}

/// <summary>
/// Makes an object that carries the attempt's annotation. Where the name is taken by what this attempt has made before, that is adopted: so
/// making it again, after a crash or for want of an answer, makes one.
/// </summary>
internal static class GuardedCreate
{
    /// <summary>Makes what <paramref name="manifest"/> gives, under the target's name.</summary>
    /// <param name="context">The client and the attempt.</param>
    /// <param name="target">What it will be; without UID and version.</param>
    /// <param name="manifest">Makes the object. Name, namespace and annotation are set here.</param>
    /// <param name="done">The output once it is done.</param>
    /// <param name="cancellationToken">Stops sending; what was sent may have happened.</param>
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, Func<Task<JsonObject>> manifest, string done, CancellationToken cancellationToken)
    {
        var options = new CreateOptions { FieldManager = Names.FieldManager, DryRun = context.DryRun };
        for (var sends = 1; ; sends++)
        {
            ApiFailure? failure = null;
            try
            {
                var value = Marked(await manifest(), context, target);
                await context.Client.CreateAsync(Resources.Of(target), value, options, cancellationToken);
                return new ActionOutcome.Succeeded(context.DryRun ? DryRuns.Would(done) : done);
            }
            catch (ApiException exception) when (exception.IsAlreadyExists)
            {
            }
            catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
            {
                failure = ApiFailure.Of(exception, cancellationToken)!;
            }

            var creation = await LookAsync(context, target, cancellationToken);
            if (Verdict(failure, creation, target, done, last: sends == GuardedPatch.MaximumSends) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>The outcome, or null to send it again. Pure.</summary>
    /// <param name="failure">How it failed; null where the name was taken.</param>
    /// <param name="creation">What is there.</param>
    /// <param name="target">What should be there.</param>
    /// <param name="done">The output where it was made.</param>
    /// <param name="last">Whether it may not be sent again.</param>
    public static ActionOutcome? Verdict(ApiFailure? failure, Creation creation, ActionTarget target, string done, bool last)
    {
        var title = Resources.Title(target);
        return (creation, failure?.Kind) switch
        {
            (Creation.Ours, _) => new ActionOutcome.Succeeded(done),
            (Creation.Taken, null or FailureKind.Conflict or FailureKind.Unclear) => new ActionOutcome.Moved($"{title} was made by somebody else since."),
            (Creation.Missing, null) when last => new ActionOutcome.Unknown($"{title} was there and is gone; whether this attempt had made it is not known."),
            (Creation.Hidden, null) => new ActionOutcome.Unknown($"{title} is there and cannot be read to see who made it."),
            (_, FailureKind.Refused) => new ActionOutcome.Failed($"{title} was not made: {failure!.Message}"),
            (_, FailureKind.Unclear) when last => new ActionOutcome.Unknown($"Whether {title} was made is not known: {failure!.Message}"),
            (_, not null) when last => new ActionOutcome.Failed($"{title} was not made: {failure!.Message}"),
            _ => null,
        };
    }

    private static JsonObject Marked(JsonObject manifest, ActionContext context, ActionTarget target)
    {
        var value = manifest.DeepClone().AsObject();
        var metadata = value["metadata"] as JsonObject ?? [];
        var annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[Names.AttemptAnnotation] = context.AttemptId;
        metadata["name"] = target.Name;
        metadata["annotations"] = annotations;
        value["metadata"] = metadata;
        if (target.Namespace.Length > 0)
        {
            metadata["namespace"] = target.Namespace;
        }

        return value;
    }

    /// <summary>What there is under the target's name.</summary>
    public static async Task<Creation> LookAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var found = await context.Client.GetAsync(Resources.Of(target), Resources.NameOf(target), cancellationToken);
            return found.Text("metadata", "annotations", Names.AttemptAnnotation) == context.AttemptId ? Creation.Ours : Creation.Taken;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return Creation.Missing;
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return Creation.Hidden;
        }
    }
}
