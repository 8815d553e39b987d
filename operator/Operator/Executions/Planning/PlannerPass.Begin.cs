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

        if (IsRollbackRun)
        {
            return TakeOver();
        }

        var values = ParameterRules.Resolve(_input.Runbook.Parameters, _input.Execution.Spec.Parameters, out var problem);
        foreach (var (name, value) in values)
        {
            _variables[name] = value;
        }

        Audit(_input.Execution.Spec.Trigger.User ?? Defaults.Operator, $"started {(IsDryRun ? "a dry run of " : "")}revision {_input.Revision}");
        return problem is null ? Inherit() : End(ExecutionPhase.Failed, Reasons.MissingParameter, problem);
    }

    /// <summary>A run that goes on in place of another one shows what that one has tried.</summary>
    private Decision? Inherit()
    {
        if (_input.Execution.Spec.Trigger is not { Type: TriggerType.Escalation, Parent: { } name })
        {
            return null;
        }

        if (_input.Observed.Parent is not { } parent)
        {
            return Look(new Request.ReadParent(name));
        }

        var tried = parent.Steps.Take(Limits.Steps).Select(step => Variables.Clean(
            $"{step.Name}: {step.State}" + (step.Message is { Length: > 0 } message ? $", {message}" : ""), Limits.Line)).ToList();
        _status = _status with { Tried = tried.Count == 0 ? null : tried };
        return null;
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

    /// <summary>A run that the operator started lacks values: people are told how to start one that has them, which takes its place.</summary>
    private Decision? AwaitParameters()
    {
        var missing = ParameterRules.Missing(_input.Runbook.Parameters, _input.Execution.Spec.Parameters);
        if (missing.Count == 0 || _input.Execution.Spec.Trigger.Type is not (TriggerType.Alert or TriggerType.Escalation))
        {
            return null;
        }

        if (_input.Observed.TakenOverBy is { } other)
        {
            return End(ExecutionPhase.Aborted, Reasons.TakenOver, $"the run {other}, which a person started, takes its place");
        }

        var incident = _input.Execution.Spec.Incident is { } name ? $" --incident {name}" : "";
        var values = string.Concat(missing.Select(parameter => $" -p {parameter}=VALUE"));
        var words = $"waits for {string.Join(", ", missing)}: kubectl runbook start {_input.Execution.Spec.Runbook.Name}{incident}{values}";
        return NotYet(Reasons.MissingParameter, Variables.Clean(words, Limits.Message), Now + Defaults.AskAgain);
    }

    /// <summary>What the runbook says its accounts must be able to do is asked first; whoever grants it later lets the run begin.</summary>
    private Decision? AwaitAccess()
    {
        // In ReadAlong no account is used.
        if (Mode() == RunbookMode.ReadAlong || _input.Runbook.Prerequisites?.Exists(prerequisite => prerequisite.Can is not null) != true)
        {
            return null;
        }

        if (_input.Observed.Unmet is not { } unmet)
        {
            return Look(new Request.AskAccess(ParameterRules.Resolve(_input.Runbook.Parameters, _input.Execution.Spec.Parameters, out _)));
        }

        return unmet.Count == 0 ? null : NotYet(Reasons.PrerequisiteFailed, Variables.Clean(string.Join("; ", unmet), Limits.Message), Now + Defaults.AskAgain);
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
