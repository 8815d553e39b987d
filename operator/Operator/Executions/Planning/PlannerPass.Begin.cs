using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <content>A run that has not begun.</content>
internal sealed partial class PlannerPass
{
    private Decision? Begin()
    {
        _status = _status with
        {
            StartedAt = Now,
            Revision = _input.Revision,
            Snapshot = Snapshots.Name(_input.Execution.Spec.Runbook.Name, _input.Revision),
        };
        if (_input.Execution.Spec.Runbook.Revision is { } wanted && wanted != _input.Revision)
        {
            return End(ExecutionPhase.Failed, Reasons.RunbookNotFound, $"the runbook is at revision {_input.Revision}, not {wanted}");
        }

        if (Idle() is { Count: > 0 } uses)
        {
            return End(ExecutionPhase.Failed, Reasons.NotSupported, Variables.Clean(NotActedUpon.Tell(uses), Limits.Message));
        }

        var values = ParameterRules.Resolve(_input.Runbook.Parameters, _input.Execution.Spec.Parameters, out var problem);
        foreach (var (name, value) in values)
        {
            _variables[name] = value;
        }

        Audit(_input.Execution.Spec.Trigger.User ?? Defaults.Operator, $"started revision {_input.Revision}");
        return problem is null ? null : End(ExecutionPhase.Failed, Reasons.MissingParameter, problem);
    }

    // A dry run that acted, or a step that ran before what it needs, would be worse than none.
    private List<IdleUse> Idle() => [.. NotActedUpon.In(_input.Execution), .. NotActedUpon.In(new Runbook { Spec = _input.Runbook })];

    /// <summary>A run that begins later, because a policy lets only so many begin in an hour.</summary>
    private Decision? AwaitTurn()
    {
        if (_input.Observed.BeginsAt is not { } at || at <= Now)
        {
            return null;
        }

        var limit = _input.Policy.ExecutionsPerHour;
        return NotYet(Reasons.LimitReached, $"waits until {at.UtcDateTime:HH:mm:ss}Z: the policy {limit.Policy} lets {limit.Value} runs begin in an hour", at);
    }

    /// <summary>The run does not begin yet. It has no start, so its deadline counts from its making.</summary>
    private Decision? NotYet(string reason, string words, DateTimeOffset at)
    {
        if (Desired == DesiredState.Aborted)
        {
            return null;
        }

        var end = (_input.Execution.Metadata.CreationTimestamp ?? Now) + Deadline;
        if (Now >= end)
        {
            return End(ExecutionPhase.Failed, Reasons.DeadlineExceeded, $"it could not begin within {Duration.Of(Deadline)}: {words}");
        }

        var generation = _input.Execution.Metadata.Generation;
        var conditions = Conditions.Set(_input.Status.Conditions, ConditionTypes.Succeeded, ConditionStatus.Unknown, reason, words, generation, Now);
        var status = _input.Status with
        {
            ObservedGeneration = generation,
            Phase = ExecutionPhase.Pending,
            Conditions = Conditions.Set(conditions, ConditionTypes.Completed, ConditionStatus.False, reason, words, generation, Now),
        };
        return new Decision(status, new Request.Wait((at < end ? at : end) - Now), [], []);
    }
}
