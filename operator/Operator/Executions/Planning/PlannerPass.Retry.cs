using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>A failed step that is tried again by itself.</content>
internal sealed partial class PlannerPass
{
    // What may have been done is not done again: only what for certain was not, or may be done twice. A step that is safe only reads.
    private bool MayTryAgain(RunbookStep step, StepStatus failed, string reason, StepEvidence.Ended ended) =>
        step.Retries is { } retries && failed.Attempt <= retries.Limit
        && reason is Reasons.StepFailed or Reasons.StepTimedOut
        && (ended.NotDone || step.Idempotent == true || failed.Risk == RiskLevel.Safe.ToText())
        && Halted is null && !AlertSettled && !IsDryRun;

    /// <summary>Whether a failed attempt is left as it is until the next one is due: then its end and the beginning of the next are one write. A new
    /// leader finds the same end.</summary>
    private bool IsLeftForNow(RunbookStep step, StepStatus current, StepEvidence.Ended ended)
    {
        if (ended.At is not { } at || !MayTryAgain(step, current, Reasons.StepFailed, ended))
        {
            return false;
        }

        var due = at + Backoff(step, current.Attempt + 1);
        WakeAt(due > Now ? due : null);
        return due > Now;
    }

    /// <summary>The next attempt has an id and a digest of its own, so decisions on this one say nothing about it.</summary>
    private void TryAgainLater(RunbookStep step, StepStatus failed, DateTimeOffset? at)
    {
        var next = failed.Attempt + 1;
        var wait = Backoff(step, next);
        Put(failed with
        {
            State = StepState.Pending,
            Attempt = next,
            FinishedAt = at ?? Now,
            StartedAt = null,
            VerifyingSince = null,
            Pod = null,
            Target = null,
            Rollback = KeepOrigin(failed),
            Approvals = null,
            Message = Variables.Clean($"attempt {failed.Attempt} failed: {failed.Message}; tried again in {Duration.Of(wait)}", Limits.Message),
        });
        Audit(Defaults.Operator, $"attempt {failed.Attempt} failed ({failed.Reason}), to be tried again", step.Name, failed.Digest);
    }

    /// <summary>Whether the time has come: of a further attempt, after its backoff.</summary>
    private bool IsDue(RunbookStep step, StepStatus? current)
    {
        if (current is not { Attempt: > 1, FinishedAt: { } failed })
        {
            return true;
        }

        var due = failed + Backoff(step, current.Attempt);
        WakeAt(due > Now ? due : null);
        return due <= Now;
    }

    // Doubled so often that no time is too long to be counted.
    private static TimeSpan Backoff(RunbookStep step, int attempt) =>
        (step.Retries?.Backoff?.Value ?? Defaults.Backoff) * (1 << Math.Clamp(attempt - 2, 0, Limits.Retries));
}
