using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>A run that goes back: what runs finishes, then what was done is undone, the newest first.</content>
internal sealed partial class PlannerPass
{
    private const string GoingBack = "the run goes back";

    /// <summary>Whether the run goes back; once it does it does not turn again.</summary>
    private bool GoesBack => _status.Rollback is not null || _input.Execution.Spec.DesiredState == DesiredState.RolledBack || IsRollbackRun;

    private bool IsRollbackRun => _input.Execution.Spec.Trigger.Type == TriggerType.Rollback;

    /// <summary>Turns the run. What made it turn is told with its end.</summary>
    private void TurnBack(string reason, string message, string actor)
    {
        if (_status.Rollback is not null)
        {
            return;
        }

        _status = _status with
        {
            Rollback = new RollbackStatus
            {
                StartedAt = Now,
                Reason = reason,
                Message = Variables.Clean(message, Limits.Message),
                Request = Variables.Clean(_input.Execution.Metadata.Annotations?.GetValueOrDefault(Names.RollbackAnnotation) ?? "", Limits.Label),
            },
        };
        _events.Add(new PlannedEvent(reason != Reasons.RollbackRequested, Reasons.RollingBack, message));
        Audit(actor, $"goes back ({reason})");
    }

    /// <summary>What makes the run turn, or has made it; null if nothing does.</summary>
    private Halt? Turned => _status.Rollback is { } rollback ? new Halt(HaltKind.RollBack, rollback.Reason, rollback.Message ?? "what was done is undone")
        : GoesBack ? new Halt(
            HaltKind.RollBack, Reasons.RollbackRequested, IsRollbackRun ? $"what {_input.Execution.Spec.Trigger.Parent} did is undone" : "a person asked to undo what was done")
        : null;

    /// <summary>Nothing runs any more, and the run goes back.</summary>
    private Decision RollBack(Halt halt)
    {
        TurnBack(halt.Reason, halt.Message, halt.Reason == Reasons.RollbackRequested ? Asker : Defaults.Operator);
        DropWhatWaits(GoingBack);
        while (NextToUndo() is { } next)
        {
            if (Undo(next.Step, next.Status) is { } decision)
            {
                return decision;
            }
        }

        return EndBack();
    }

    // A rollback run begins with what the run that it undoes had done, less what earlier rollbacks have undone of it.
    private Decision? TakeOver()
    {
        var asked = _input.Execution.Spec.Trigger;
        Audit(asked.User ?? Defaults.Operator, $"started to undo {asked.Parent}");
        if (_input.Observed.Undoes is not [{ Status: { } parent } run, ..])
        {
            return End(ExecutionPhase.Failed, Reasons.NotUndoable, $"the run {asked.Parent} is not there");
        }

        if (!ExecutionPhase.IsFinal(parent.Phase) || run.Spec.Trigger.Type == TriggerType.Rollback || run.Spec.DryRun == true)
        {
            return End(ExecutionPhase.Failed, Reasons.NotUndoable, $"the run {asked.Parent} cannot be undone: it is {(ExecutionPhase.IsFinal(parent.Phase) ? "a rollback or a dry run itself" : "not over")}");
        }

        foreach (var (name, value) in parent.Variables ?? [])
        {
            _variables[name] = value;
        }

        foreach (var step in parent.Steps ?? [])
        {
            var undone = _input.Observed.Undoes.Skip(1).Any(rollback => rollback.Status?.Steps?.Any(other => other.Name == step.Name && other.State == StepState.RolledBack) == true);
            Put(step with
            {
                State = undone ? StepState.RolledBack : ExecutionPhase.IsFinal(parent.Phase) && step.State == StepState.Running ? StepState.Unknown : step.State,
                WaitingSince = null,
                Pod = null,
                Output = null,
                Approvals = null,
                Rollback = undone ? null : Anew(step.Rollback),
            });
        }

        return null;
    }

    // Decided anew: what was said of it in another run is of that run.
    private static StepUndoStatus? Anew(StepUndoStatus? undo) => undo is null ? null : new StepUndoStatus { State = StepState.Pending, Origin = undo.Origin };

    private string Asker => _input.Execution.Metadata.Annotations?.GetValueOrDefault(Names.DesiredByAnnotation)
        ?? _input.Execution.Spec.Trigger.User ?? Defaults.Operator;

    // The newest first. Times are kept in whole seconds: of one second, the later in the runbook first.
    private (RunbookStep Step, StepStatus Status)? NextToUndo()
    {
        var open = _input.Runbook.Steps
            .Select((step, index) => (Step: step, Index: index, Status: Of(step)))
            .Where(item => item.Status is not null && UndoStep.NeedOf(item.Step, item.Status) != UndoNeed.None)
            .OrderByDescending(item => item.Status!.FinishedAt ?? item.Status.WaitingSince ?? item.Status.StartedAt)
            .ThenByDescending(item => item.Index)
            .ToList();
        return open is [var first, ..] ? (first.Step, first.Status!) : null;
    }

    private Decision EndBack()
    {
        var undone = _steps.Count(step => step.State == StepState.RolledBack);
        var left = _input.Runbook.Steps.Select(step => (Step: step, Status: Of(step))).Where(item => item.Status is not null && Stays(item.Step, item.Status))
            .Select(item => item.Step.Name).ToList();
        var rollback = _status.Rollback!;
        var why = rollback.Reason == Reasons.RollbackRequested ? "" : $"{rollback.Message}; ";
        var stays = left.Count == 0 ? "" : $"; left as they are: {string.Join(", ", left)}";
        return End(
            ExecutionPhase.RolledBack, Reasons.RolledBack, Variables.Clean($"{why}{(undone == 1 ? "1 step" : $"{undone} steps")} undone{stays}", Limits.Message));
    }

    // What changed something, or may have, and is not undone: nothing undoes it, or a person skipped that.
    private static bool Stays(RunbookStep step, StepStatus status) => status switch
    {
        { State: StepState.RolledBack } => false,
        { Rollback.State: StepState.Skipped } => true,
        { State: StepState.Succeeded } => status.Risk is not (null or RiskNames.Safe) && step.Manual is null,
        { State: StepState.Failed } => status.Risk is not (null or RiskNames.Safe) && (status.VerifyingSince is not null || (step.Uses is null && status.StartedAt is not null && status.Attempt > 0)),
        { State: StepState.Unknown } => true,
        _ => false,
    };

    private void DropRunningUndo(string why)
    {
        foreach (var step in _steps.Where(step => step.Rollback?.State == StepState.Running).ToList())
        {
            Put(step with { Rollback = step.Rollback! with { State = StepState.Unknown, FinishedAt = Now, Message = why } });
        }
    }
}
