using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>
/// Sends a patch that carries the version it was made for, so that it lands once or not at all, and finds out which. Sending it again, after a
/// crash or for want of an answer, cannot change anything twice: whichever copy lands first makes the others meet a conflict.
/// </summary>
internal static class GuardedPatch
{
    /// <summary>How often the patch is sent before the answer is that it is not known.</summary>
    public const int MaximumSends = 3;

    /// <summary>Sends what <paramref name="patch"/> makes to <paramref name="target"/>.</summary>
    /// <param name="context">The client and the attempt.</param>
    /// <param name="target">What was seen, and must still be so.</param>
    /// <param name="patch">Makes the patch. It must carry the attempt's annotation and the target's resourceVersion.</param>
    /// <param name="done">The output once it is done.</param>
    /// <param name="cancellationToken">Stops sending; what was sent may have happened.</param>
    public static Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, Func<Task<Patch>> patch, string done, CancellationToken cancellationToken) =>
        SendAsync(
            context,
            target,
            async () => await context.Client.PatchAsync(
                Resources.Of(target), Resources.NameOf(target), await patch() with { DryRun = context.DryRun }, cancellationToken),
            done,
            cancellationToken);

    /// <summary>Sends whatever <paramref name="send"/> sends; the same must hold for it as for a patch.</summary>
    /// <param name="context">The client and the attempt.</param>
    /// <param name="target">What was seen, and must still be so.</param>
    /// <param name="send">One request that leaves the attempt's annotation and carries the target's UID and resourceVersion, asked as a dry
    /// run where the context says so.</param>
    /// <param name="done">The output once it is done.</param>
    /// <param name="cancellationToken">Stops sending; what was sent may have happened.</param>
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, Func<Task> send, string done, CancellationToken cancellationToken)
    {
        if (target.Seen.Text(ActionTarget.SeenAttempt) == context.AttemptId)
        {
            return new ActionOutcome.Succeeded(done);
        }

        for (var sends = 1; ; sends++)
        {
            ApiFailure failure;
            try
            {
                await send();
                return new ActionOutcome.Succeeded(context.DryRun ? DryRuns.Would(done) : done);
            }
            catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
            {
                failure = ApiFailure.Of(exception, cancellationToken)!;
            }

            var sighting = await LookAsync(context, target, cancellationToken);
            if (PatchVerdict.Of(failure, sighting, target, done, last: sends == MaximumSends) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>How the target looks now.</summary>
    public static async Task<Sighting> LookAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var found = await context.Client.GetAsync(Resources.Of(target), Resources.NameOf(target), cancellationToken);
            return PatchVerdict.See(found, target, context.AttemptId);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return Sighting.Gone;
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return Sighting.Hidden;
        }
    }
}
