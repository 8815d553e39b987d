using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>What policies ask for, and what they hold up.</content>
internal sealed partial class PlannerPass
{
    private static EffectiveApprovals ApprovalsOf(PreparedStep prepared) => prepared.Policy.Approvals(prepared.Risk);

    // Of a step that was not prepared in this pass; what reads as no risk is dangerous.
    private EffectiveApprovals ApprovalsOf(StepStatus current)
    {
        _ = RiskLevels.TryParse(current.Risk, out var risk);
        return _input.Policy.Approvals(risk);
    }

    private PolicyHold? HoldOf(RunbookStep step, PreparedStep prepared) => PolicyHold.Of(prepared.Policy, prepared.Risk, Done(step), Now);

    /// <summary>What holds whatever the step is; asked before it is prepared.</summary>
    private PolicyHold? RunHold() => PolicyHold.Of(_input.Policy, RiskLevel.Safe, byHand: true, Now);

    /// <summary>A step that waits for a policy and for nobody, which is why it waits since no time: nothing runs out meanwhile but the deadline.
    /// People may skip or reject it all the same.</summary>
    private void Hold(StepStatus step, PolicyHold hold)
    {
        var before = Of(step.Name);
        if (before is not { State: StepState.Waiting, WaitingSince: null })
        {
            _events.Add(new PlannedEvent(false, hold.Reason, $"step {step.Name} is {hold.Message}"));
            Audit(Defaults.Operator, $"is held ({hold.Reason})", step.Name, step.Digest);
        }

        Keep(step with { State = StepState.Waiting, WaitingSince = null, Reason = hold.Reason }, hold);
    }

    /// <summary>The step stays as it is until the policy changes.</summary>
    private void Keep(StepStatus step, PolicyHold hold)
    {
        _hold ??= hold;
        Put(step with { Message = Variables.Clean(hold.Message, Limits.Message) });
        WakeAt(hold.Until);
        WakeAt(Later(_input.Observed.AlertSettlesAt));
    }

    /// <summary>Why the step has its risk, and which policies say what has to be true before it acts.</summary>
    private IEnumerable<string> ReasonsOf(RunbookStep step, PreparedStep prepared)
    {
        List<string> asked = Done(step) || RunsByItself(step, prepared) ? [] : [.. Asked(ApprovalsOf(prepared))];
        return prepared.Reasons.Take(Limits.StepReasons - Math.Min(asked.Count, 2)).Concat(asked.Take(2));
    }

    private static IEnumerable<string> Asked(EffectiveApprovals approvals)
    {
        if (approvals.Required is { Policy: not PolicySource.BuiltIn } required)
        {
            yield return $"the policy {required.Policy} asks for {required.Value} approvals";
        }

        if (approvals.Approvers.Count > 0)
        {
            yield return "may be approved by " + string.Join(", and of these by ", approvals.Approvers.Select(rule => $"{rule} (policy {rule.Policy})"));
        }
    }
}
