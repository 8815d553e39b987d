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
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, Func<Task<Patch>> patch, string done, CancellationToken cancellationToken)
    {
        if (target.Seen.Text(ActionTarget.SeenAttempt) == context.AttemptId)
        {
            return new ActionOutcome.Succeeded(done);
        }

        var resource = Resources.Of(target);
        var name = new NamespacedName(target.Namespace, target.Name);
        for (var send = 1; ; send++)
        {
            ApiFailure failure;
            try
            {
                await context.Client.PatchAsync(resource, name, await patch() with { DryRun = context.DryRun }, cancellationToken);
                return new ActionOutcome.Succeeded(context.DryRun ? DryRuns.Would(done) : done);
            }
            catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
            {
                failure = ApiFailure.Of(exception, cancellationToken)!;
            }

            var sighting = await LookAsync(context, target, resource, name, cancellationToken);
            if (PatchVerdict.Of(failure, sighting, target, done, last: send == MaximumSends) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private static async Task<Sighting> LookAsync(
        ActionContext context, ActionTarget target, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken)
    {
        try
        {
            return PatchVerdict.See(await context.Client.GetAsync(resource, name, cancellationToken), target, context.AttemptId);
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
