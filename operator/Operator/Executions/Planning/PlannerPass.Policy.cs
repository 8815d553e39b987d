using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.Runtime;

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
    private Decision Hold(StepStatus step, PolicyHold hold)
    {
        var before = Of(step.Name);
        if (before is not { State: StepState.Waiting, WaitingSince: null })
        {
            _events.Add(new PlannedEvent(false, hold.Reason, $"step {step.Name} is {hold.Message}"));
            Audit(Defaults.Operator, $"is held ({hold.Reason})", step.Name, step.Digest);
        }

        return Keep(step with { State = StepState.Waiting, WaitingSince = null }, hold);
    }

    /// <summary>The step stays as it is until the policy changes.</summary>
    private Decision Keep(StepStatus step, PolicyHold hold)
    {
        _hold = hold;
        Put(step with { Message = Variables.Clean(hold.Message, Limits.Message) });
        return Store(new Request.Wait(Soonest(null, hold.Until, _status.StartedAt + Deadline, Later(_input.Observed.AlertSettlesAt))));
    }

    /// <summary>A run that begins later, because a policy lets only so many begin in an hour. It has no start yet, so its deadline counts from
    /// its making.</summary>
    private Decision? AwaitTurn()
    {
        if (_input.Observed.BeginsAt is not { } at || at <= Now || Desired == DesiredState.Aborted)
        {
            return null;
        }

        var end = (_input.Execution.Metadata.CreationTimestamp ?? Now) + Deadline;
        if (Now >= end)
        {
            return End(ExecutionPhase.Failed, Reasons.DeadlineExceeded, $"it could not begin within {Duration.Of(Deadline)}");
        }

        var limit = _input.Policy.ExecutionsPerHour;
        var words = $"waits until {at.UtcDateTime:HH:mm:ss}Z: the policy {limit.Policy} lets {limit.Value} runs begin in an hour";
        var generation = _input.Execution.Metadata.Generation;
        var conditions = Conditions.Set(_status.Conditions, ConditionTypes.Succeeded, ConditionStatus.Unknown, Reasons.LimitReached, words, generation, Now);
        var status = _status with
        {
            ObservedGeneration = generation,
            Phase = ExecutionPhase.Pending,
            Conditions = Conditions.Set(conditions, ConditionTypes.Completed, ConditionStatus.False, Reasons.LimitReached, words, generation, Now),
        };
        return new Decision(status, new Request.Wait((at < end ? at : end) - Now), [], []);
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
