using RunbookOperator.Api;
using RunbookOperator.Policies;

namespace RunbookOperator.Executions;

/// <summary>One pass: a working copy of the status that the steps are applied to, one after the other, until something has to be done or awaited.</summary>
internal sealed partial class PlannerPass
{
    private readonly PlannerInput _input;
    private readonly List<StepStatus> _steps;
    private readonly Dictionary<string, string> _variables;
    private readonly List<PlannedEvent> _events = [];
    private readonly List<AuditEntry> _audit = [];
    private RunbookExecutionStatus _status;
    private PolicyHold? _hold;

    public PlannerPass(PlannerInput input)
    {
        _input = input;
        _status = input.Status;
        _steps = [.. input.Status.Steps ?? []];
        _variables = new(input.Status.Variables ?? [], StringComparer.Ordinal);
    }

    private DateTimeOffset Now => _input.Now;

    // Admission refuses RolledBack, which is not acted upon yet; what came past it starts nothing more.
    private DesiredState Desired => _input.Execution.Spec.DesiredState switch
    {
        null => DesiredState.Running,
        DesiredState.RolledBack => DesiredState.Paused,
        { } state => state,
    };

    private TimeSpan Deadline => _input.Runbook.Deadline?.Value ?? Defaults.Deadline;

    private bool AlertSettled => _input.Observed.AlertSettlesAt is { } at && Now >= at && _input.Runbook.ContinueWhenResolved != true;

    public Decision Decide()
    {
        if (ExecutionPhase.IsFinal(_status.Phase))
        {
            return new Decision(_status, new Request.Finish(), [], []);
        }

        if (_status.StartedAt is null && AwaitTurn() is { } early)
        {
            return early;
        }

        if (_status.StartedAt is null && Begin() is { } refused)
        {
            return refused;
        }

        while (true)
        {
            var step = _input.Runbook.Steps.FirstOrDefault(step => !StepState.IsFinal(Of(step)?.State));
            if (step is null)
            {
                return End(ExecutionPhase.Succeeded, Reasons.ExecutionSucceeded, SuccessMessage());
            }

            var current = Of(step);
            if (Now >= _status.StartedAt + Deadline)
            {
                return EndByDeadline(step, current);
            }

            var decision = current?.State switch
            {
                StepState.Running => Running(step, current),
                StepState.Waiting => Waiting(step, current),
                StepState.Unknown => Unknown(step, current),
                _ => Start(step, current),
            };
            if (decision is not null)
            {
                return decision;
            }
        }
    }

    /// <summary>Ends the run at once.</summary>
    public Decision Fail(string reason, string message)
    {
        foreach (var step in _steps.Where(step => !StepState.IsFinal(step.State)).ToList())
        {
            Put(step with { State = StepState.Unknown, WaitingSince = null, FinishedAt = Now, Message = message });
        }

        return End(ExecutionPhase.Failed, reason, message);
    }

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

    private StepStatus? Of(RunbookStep step) => Of(step.Name);

    private StepStatus? Of(string step) => _steps.FirstOrDefault(status => status.Name == step);

    private void Put(StepStatus status)
    {
        var index = _steps.FindIndex(existing => existing.Name == status.Name);
        if (index < 0)
        {
            _steps.Add(status);
        }
        else
        {
            _steps[index] = status;
        }
    }

    private void Audit(string actor, string what, string? step = null, string? digest = null) =>
        _audit.Add(new AuditEntry { At = Now, Actor = actor, What = what, Step = step, Digest = digest });

    /// <summary>Looks closer: nothing is stored, so that what was found and what is decided upon it become one write.</summary>
    private Decision Look(Request request) => new(_input.Status, request, [], []);

    private Decision Store(Request request) => new(Summarise(null, null), request, _events, _audit);

    private Decision End(string phase, string reason, string message)
    {
        _status = _status with { Phase = phase, FinishedAt = Now, WaitingSince = null, ResolvedBy = _status.ResolvedBy ?? ResolvedBy() };
        _events.Add(new PlannedEvent(phase != ExecutionPhase.Succeeded, reason, message));
        Audit(Defaults.Operator, $"ended: {phase} ({reason})");
        return new Decision(Summarise(reason, message), new Request.Finish(), _events, _audit);
    }

    private Decision EndByDeadline(RunbookStep step, StepStatus? current)
    {
        if (current is { State: StepState.Running })
        {
            Put(current with { State = StepState.Unknown, FinishedAt = Now, Message = "the run's deadline passed while it ran" });
        }
        else if (current is not null && current.State != StepState.Unknown)
        {
            Put(Skipped(step, current, "the run's deadline passed"));
        }

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
