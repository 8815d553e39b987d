using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>
/// Sends a deletion or an eviction that carries the UID of what was seen, and finds out what came of it. The end is that the object of that UID
/// is gone, whoever took it away: so sending it again, after a crash or for want of an answer, cannot take away anything else.
/// </summary>
internal static class GuardedDelete
{
    /// <summary>Deletes the target by its UID.</summary>
    /// <param name="context">The client and the attempt.</param>
    /// <param name="target">What was seen.</param>
    /// <param name="propagation">What becomes of dependents; null leaves it to the kind.</param>
    /// <param name="done">The output once it is done.</param>
    /// <param name="cancellationToken">Stops sending; what was sent may have happened.</param>
    public static Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, string? propagation, string done, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { Uid = target.Uid, PropagationPolicy = propagation, DryRun = context.DryRun };
        return SendAsync(
            context,
            target,
            () => context.Client.DeleteAsync(Resources.Of(target), Resources.NameOf(target), options, cancellationToken),
            done,
            cancellationToken);
    }

    /// <summary>Sends whatever <paramref name="send"/> sends: one request with the target's UID as its precondition.</summary>
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, ActionTarget target, Func<Task> send, string done, CancellationToken cancellationToken)
    {
        for (var sends = 1; ; sends++)
        {
            ApiFailure failure;
            try
            {
                await send();
                return new ActionOutcome.Succeeded(context.DryRun ? DryRuns.Would(done) : done);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                return DeleteVerdict.Gone(target);
            }
            catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
            {
                failure = ApiFailure.Of(exception, cancellationToken)!;
            }

            var remains = await LookAsync(context, target, cancellationToken);
            if (DeleteVerdict.Of(failure, remains, target, done, last: sends == GuardedPatch.MaximumSends) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private static async Task<Remains> LookAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var found = await context.Client.GetAsync(Resources.Of(target), Resources.NameOf(target), cancellationToken);
            return DeleteVerdict.See(found, target);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return Remains.Nothing;
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return Remains.Hidden;
        }
    }
}
