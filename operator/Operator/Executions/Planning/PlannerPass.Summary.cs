using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <content>What people and programs read of the whole.</content>
internal sealed partial class PlannerPass
{
    private RunbookExecutionStatus Summarise(string? reason, string? message)
    {
        var inHand = _steps.Select(InHand).OfType<StepStatus>().ToList();
        var runs = inHand.Find(step => step.State == StepState.Running);
        var person = inHand.Find(step => AwaitsPerson(step) && !IsAtBreakpoint(step));
        var waiting = person ?? inHand.Find(step => step.State == StepState.Waiting);
        var current = person ?? runs ?? waiting;
        var over = ExecutionPhase.IsFinal(_status.Phase);
        var phase = over ? _status.Phase
            : Paused && (Desired == DesiredState.Paused || person is null) ? runs is null ? ExecutionPhase.Paused : UnderWay
            : person is not null ? ExecutionPhase.WaitingForApproval
            : runs is null && _hold is not null ? ExecutionPhase.Paused
            : UnderWay;
        var status = _status with
        {
            ObservedGeneration = _input.Execution.Metadata.Generation,
            Phase = phase,
            Step = over ? null : Place(current),
            Risk = over ? null : current?.Risk,
            WaitingSince = over ? null : person?.WaitingSince,
            Variables = _variables.Count == 0 ? null : new Dictionary<string, string>(_variables, StringComparer.Ordinal),
            Steps = _steps.Count == 0 ? null : OutputBudget.Apply(_steps),
        };
        return status with { Conditions = ConditionsOf(status, reason, message, waiting) };
    }

    private string? Place(StepStatus? current)
    {
        return current is null ? null : $"{Place(current.Name) + 1}/{_input.Runbook.Steps.Count}:{current.Name}";
    }

    private List<Condition> ConditionsOf(RunbookExecutionStatus status, string? reason, string? message, StepStatus? waiting)
    {
        var generation = _input.Execution.Metadata.Generation;
        var over = ExecutionPhase.IsFinal(status.Phase);
        var (verdict, why, words) = status.Phase switch
        {
            ExecutionPhase.Succeeded => (ConditionStatus.True, reason!, message!),
            ExecutionPhase.RolledBack => (IsRollbackRun ? ConditionStatus.True : ConditionStatus.False, reason!, message!),
            ExecutionPhase.Failed or ExecutionPhase.Aborted or ExecutionPhase.Escalated => (ConditionStatus.False, reason!, message!),
            ExecutionPhase.Paused when Desired != DesiredState.Paused => (ConditionStatus.Unknown, _hold!.Reason, $"{Subject(waiting!)} is {_hold.Message}"),
            ExecutionPhase.Paused => (ConditionStatus.Unknown, Reasons.Paused, "nothing more starts until desiredState is Running again"),
            _ when _status.Rollback is not null && waiting is not null && !over => (ConditionStatus.Unknown, WhyUndoWaits(waiting), $"{Subject(waiting)} {waiting.Message}"),
            ExecutionPhase.RollingBack => (ConditionStatus.Unknown, Reasons.RollingBack, $"what was done is being undone{(status.Step is null ? "" : $": {status.Step}")}"),
            _ when waiting is { State: StepState.Unknown } && !over => (ConditionStatus.Unknown, Reasons.StepUnknown, $"step {waiting.Name}: {waiting.Message}"),
            _ when Halted is { } halt && !over => (ConditionStatus.Unknown, halt.Reason, $"{halt.Message}; what runs finishes first"),
            ExecutionPhase.WaitingForApproval => (ConditionStatus.Unknown, Reasons.StepApprovalRequested, $"step {waiting!.Name} {waiting.Message}"),
            _ when status.Step is null => (ConditionStatus.Unknown, Reasons.StepRunning, "a failed step is tried again by itself"),
            _ => (ConditionStatus.Unknown, Reasons.StepRunning, $"step {status.Step} runs"),
        };
        var conditions = Conditions.Set(_status.Conditions, ConditionTypes.Succeeded, verdict, why, words, generation, Now);
        return [.. Conditions.Set(
            conditions,
            ConditionTypes.Completed,
            over ? ConditionStatus.True : ConditionStatus.False,
            why,
            over ? words : "the run is under way",
            generation,
            Now)];
    }
}
