using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <content>What people and programs read of the whole.</content>
internal sealed partial class PlannerPass
{
    private RunbookExecutionStatus Summarise(string? reason, string? message)
    {
        var waiting = _steps.FirstOrDefault(step => step.State is StepState.Waiting or StepState.Unknown);
        var current = waiting ?? _steps.FirstOrDefault(step => step.State == StepState.Running);
        var over = ExecutionPhase.IsFinal(_status.Phase);
        var phase = over ? _status.Phase
            : _steps.Any(step => step.State == StepState.Running) ? ExecutionPhase.Running
            : Desired == DesiredState.Paused || _hold is not null ? ExecutionPhase.Paused
            : waiting is not null ? ExecutionPhase.WaitingForApproval
            : ExecutionPhase.Running;
        var status = _status with
        {
            ObservedGeneration = _input.Execution.Metadata.Generation,
            Phase = phase,
            Step = over ? null : Place(current),
            Risk = over ? null : current?.Risk,
            WaitingSince = over ? null : waiting?.WaitingSince,
            Variables = _variables.Count == 0 ? null : new Dictionary<string, string>(_variables, StringComparer.Ordinal),
            Steps = _steps.Count == 0 ? null : OutputBudget.Apply(_steps),
        };
        return status with { Conditions = ConditionsOf(status, reason, message, waiting) };
    }

    private string? Place(StepStatus? current)
    {
        if (current is null)
        {
            return null;
        }

        var index = _input.Runbook.Steps.FindIndex(step => step.Name == current.Name);
        return $"{index + 1}/{_input.Runbook.Steps.Count}:{current.Name}";
    }

    private List<Condition> ConditionsOf(RunbookExecutionStatus status, string? reason, string? message, StepStatus? waiting)
    {
        var generation = _input.Execution.Metadata.Generation;
        var (verdict, why, words) = status.Phase switch
        {
            ExecutionPhase.Succeeded => (ConditionStatus.True, reason!, message!),
            ExecutionPhase.Failed or ExecutionPhase.Aborted => (ConditionStatus.False, reason!, message!),
            ExecutionPhase.Paused when Desired != DesiredState.Paused => (ConditionStatus.Unknown, _hold!.Reason, $"step {waiting!.Name} is {_hold.Message}"),
            ExecutionPhase.Paused => (ConditionStatus.Unknown, Reasons.Paused, "nothing more starts until desiredState is Running again"),
            _ when waiting is { State: StepState.Unknown } => (ConditionStatus.Unknown, Reasons.StepUnknown, $"step {waiting.Name}: {waiting.Message}"),
            ExecutionPhase.WaitingForApproval => (ConditionStatus.Unknown, Reasons.StepApprovalRequested, $"step {waiting!.Name} {waiting.Message}"),
            _ => (ConditionStatus.Unknown, Reasons.StepRunning, $"step {status.Step} runs"),
        };
        var over = ExecutionPhase.IsFinal(status.Phase);
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
