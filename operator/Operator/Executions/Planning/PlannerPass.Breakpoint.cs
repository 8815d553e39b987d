using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>Pausing before a step. While the run is at a breakpoint nothing else starts either; a person goes on by pausing and resuming the run.</content>
internal sealed partial class PlannerPass
{
    private bool IsBreakpoint(RunbookStep step, StepStatus known) =>
        known.Attempt <= 1 && (step.Breakpoint == true || _input.Execution.Spec.Breakpoints?.Contains(step.Name) == true);

    // With the reason Paused: a person has paused the run since, and its going on is what is awaited.
    private static bool IsAtBreakpoint(StepStatus step) => step is { State: StepState.Waiting, Reason: Reasons.Breakpoint or Reasons.Paused };

    private void Break(StepStatus known)
    {
        Stay(known with { State = StepState.Waiting, Reason = Reasons.Breakpoint });
        _events.Add(new PlannedEvent(false, Reasons.Breakpoint, $"step {known.Name} {_hold!.Message}"));
        Audit(Defaults.Operator, "is at its breakpoint", known.Name, known.Digest);
    }

    private void Stay(StepStatus known)
    {
        _hold ??= new Policies.PolicyHold(
            Reasons.Breakpoint, $"has a breakpoint: kubectl runbook resume {_input.Execution.Metadata.Name}", Until: null);
        Put(known with
        {
            WaitingSince = null,
            Reason = Desired == DesiredState.Paused ? Reasons.Paused : known.Reason,
            Message = Variables.Clean(_hold.Message, Limits.Message),
        });
        WakeAt(Later(_input.Observed.AlertSettlesAt));
    }

    /// <summary>A person goes on: the run was paused and is not any more. Both may have been written before anybody looked, so the generation tells
    /// as well.</summary>
    private void Pass(StepStatus known)
    {
        var resumed = known.Reason == Reasons.Paused || _input.Execution.Metadata.Generation > _input.Status.ObservedGeneration;
        if (!IsAtBreakpoint(known) || Desired != DesiredState.Running || !resumed)
        {
            return;
        }

        Put(known with { Reason = null });
        Audit(Defaults.Operator, "passes its breakpoint: the run was resumed", known.Name, known.Digest);
    }
}
