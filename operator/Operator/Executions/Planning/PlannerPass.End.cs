using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>How a run ends.</content>
internal sealed partial class PlannerPass
{
    private Decision End(string phase, string reason, string message)
    {
        DropWhatWaits(message);
        _status = _status with { Phase = phase, FinishedAt = Now, WaitingSince = null, ResolvedBy = _status.ResolvedBy ?? ResolvedBy() };
        _events.Add(new PlannedEvent(!IsWell(phase), reason, message));
        Audit(Defaults.Operator, $"ended: {phase} ({reason})");
        return new Decision(Summarise(reason, message), new Request.Finish(), _events, _audit) { Deeds = _deeds };
    }

    private Decision EndByDeadline()
    {
        foreach (var status in _steps.Where(step => step.State == StepState.Running).ToList())
        {
            Put(status with { State = StepState.Unknown, FinishedAt = Now, Message = "the run's deadline passed while it ran" });
            if (StepOf(status)?.Runbook is not null)
            {
                _deeds.Add(new Deed.AbortChild(status));
            }
        }

        DropRunningUndo("the run's deadline passed while it ran");
        DropWhatWaits("the run's deadline passed");
        return End(ExecutionPhase.Failed, Reasons.DeadlineExceeded, $"the run took longer than {Duration.Of(Deadline)}");
    }

    private string? ResolvedBy() => _input.Observed.AlertSettlesAt is null
        ? null
        : _steps.Where(step => step.State == StepState.Succeeded && step.Risk is not null and not "safe").MaxBy(step => step.FinishedAt)?.Name;

    private string SuccessMessage()
    {
        var failed = _steps.Count(step => step.State == StepState.Failed);
        var skipped = _steps.Count(step => step.State == StepState.Skipped);
        var done = _steps.Count - failed - skipped;
        return $"{done} steps done, {skipped} skipped" + (failed > 0 ? $", {failed} failed" : "");
    }
}
