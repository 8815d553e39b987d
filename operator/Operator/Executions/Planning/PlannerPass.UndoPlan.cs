using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>What a step keeps of its undo before it is asked for.</content>
internal sealed partial class PlannerPass
{
    private static StepUndoStatus? PlannedUndo(StepUndoStatus? before, PreparedStep? plan) => plan is null
        ? before?.Origin is null ? null : before
        : (before ?? new StepUndoStatus { State = StepState.Pending }) with
        {
            Risk = plan.Risk.ToText(),
            Reasons = [.. plan.Reasons.Take(Limits.StepReasons).Select(reason => Variables.Clean(reason, Limits.Line))],
            Command = plan.Command,
            ServiceAccount = plan.ServiceAccount.Length == 0 ? null : plan.ServiceAccount,
            Plan = plan.Plan.Length == 0 ? null : plan.Plan,
        };

    private static StepUndoStatus? CutUndo(StepUndoStatus? undo) => undo is null ? null : undo with { Command = Cut(undo.Command) };

    /// <summary>Before a further attempt: what the first one saw is what is gone back to, if it may have acted.</summary>
    private static StepUndoStatus? KeepOrigin(StepStatus current) => current.Target is null
        ? current.Rollback
        : (current.Rollback ?? new StepUndoStatus { State = StepState.Pending }) with { Origin = current.Rollback?.Origin ?? current.Target };

    private string UnderWay => _status.Rollback is null ? ExecutionPhase.Running : ExecutionPhase.RollingBack;

    // Of a run that goes back the undo of a step is in hand; what was under way before may still run.
    private StepStatus? InHand(StepStatus step) => _status.Rollback is null || step.State == StepState.Running ? step : step.AsUndo();

    private bool AwaitsPerson(StepStatus step) => step is { State: StepState.Waiting, WaitingSince: not null } or { State: StepState.Unknown }
        || (_status.Rollback is not null && step is { State: StepState.Failed, WaitingSince: not null });

    private string Subject(StepStatus step) => _status.Rollback is null ? $"step {step.Name}" : $"the undo of step {step.Name}";

    private static string WhyUndoWaits(StepStatus undo) => undo.State switch
    {
        StepState.Failed => Reasons.UndoFailed,
        StepState.Unknown => Reasons.UndoUnknown,
        _ => Reasons.UndoApprovalRequested,
    };

    private bool IsWell(string phase) => phase == ExecutionPhase.Succeeded || (phase == ExecutionPhase.RolledBack && IsRollbackRun);
}
