using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>Why nothing more starts, and how the run ends then.</content>
internal sealed partial class PlannerPass
{
    /// <summary>Why nothing more starts; null if the run goes on. Read from the working copy, so what one step has come to holds for the next.</summary>
    private Halt? Halted => Desired switch
    {
        DesiredState.Aborted => new Halt(HaltKind.Abort, Reasons.Aborted, "a person ended the run" + Doubtful()),
        _ when IsDryRun => null,
        _ when Turned is { } turned => turned,
        _ => Failure() ?? HandsOver() ?? Overdue() ?? TooWide(),
    };

    private string Doubtful() => _steps.FirstOrDefault(step => step.State == StepState.Unknown) is { } unknown
        ? $"; whether step {unknown.Name} happened is not known"
        : "";

    // The first failure speaks; what fails beside it while it finishes changes nothing.
    private Halt? Failure()
    {
        var failed = _steps.Where(EndsTheRun).OrderBy(step => step.FinishedAt).FirstOrDefault();
        if (failed is null)
        {
            return null;
        }

        var reason = failed.Reason ?? Reasons.StepFailed;
        var message = reason switch
        {
            Reasons.Rejected => $"step {failed.Name} was {failed.Message}",
            Reasons.ApprovalTimedOut when failed.State == StepState.Unknown => $"whether step {failed.Name} happened is not known, and nobody decided",
            _ => $"step {failed.Name} failed: {failed.Message}",
        };
        return new Halt(HaltOf(failed, reason), reason, Variables.Clean(message, Limits.Message));
    }

    // Somebody said no, or nobody was there: what is said of failures is not about that.
    private bool EndsTheRun(StepStatus step) => !IsDryRun && step.State switch
    {
        StepState.Failed => step.Reason is Reasons.Rejected or Reasons.ApprovalTimedOut || StepOf(step)?.OnFailure != OnFailure.Continue,
        StepState.Unknown => step.Reason == Reasons.ApprovalTimedOut,
        _ => false,
    };

    private HaltKind HaltOf(StepStatus failed, string reason) => (reason, StepOf(failed)?.OnFailure) switch
    {
        (Reasons.Rejected, _) => HaltKind.Stop,
        (Reasons.ApprovalTimedOut, _) or (_, OnFailure.Escalate) => CanEscalate ? HaltKind.Escalate : HaltKind.Stop,
        (_, OnFailure.Rollback) => HaltKind.RollBack,
        _ => HaltKind.Stop,
    };

    private RunbookStep? StepOf(StepStatus status) => _input.Runbook.Steps.Find(step => step.Name == status.Name);

    /// <summary>Nothing runs any more: the run ends.</summary>
    private Decision Finish(Halt halt) => halt.Kind switch
    {
        HaltKind.Abort when _status.Rollback is null => End(ExecutionPhase.Aborted, halt.Reason, halt.Message),
        HaltKind.Abort or HaltKind.RollBack => RollBack(halt),
        HaltKind.Escalate => Escalate(halt),
        _ => End(ExecutionPhase.Failed, halt.Reason, halt.Message),
    };

    /// <summary>What waited is over with the run; what is unknown stays so.</summary>
    private void DropWhatWaits(string why)
    {
        foreach (var status in _steps.Where(step => step.State is StepState.Waiting or StepState.Pending).ToList())
        {
            Put(status.State == StepState.Pending && status.Attempt > 1
                ? status with { State = StepState.Failed, FinishedAt = Now }
                : Skipped(status, why));
        }
    }
}
