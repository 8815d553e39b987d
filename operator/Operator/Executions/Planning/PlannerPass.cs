using RunbookOperator.Api;
using RunbookOperator.Policies;

namespace RunbookOperator.Executions;

/// <summary>One pass: a working copy of the status. What runs is looked at first, then people's decisions, and only then something new starts, so
/// that a failure or a no is heard before. What the pass has to know and does not, it asks for; it is then made anew with the answer.</summary>
internal sealed partial class PlannerPass
{
    private readonly PlannerInput _input;
    private readonly List<StepStatus> _steps;
    private readonly Dictionary<string, string> _variables;
    private readonly List<PlannedEvent> _events = [];
    private readonly List<PlannedEvent> _failures = [];
    private readonly List<AuditEntry> _audit = [];
    private readonly List<Deed> _deeds = [];
    private readonly Dictionary<string, DateTimeOffset> _verifying = new(StringComparer.Ordinal);
    private RunbookExecutionStatus _status;
    private PolicyHold? _hold;
    private DateTimeOffset? _wake;

    public PlannerPass(PlannerInput input)
    {
        _input = input;
        _status = input.Status;
        _steps = [.. input.Status.Steps ?? []];
        _variables = new(input.Status.Variables ?? [], StringComparer.Ordinal);
    }

    private DateTimeOffset Now => _input.Now;

    private DesiredState Desired => _input.Execution.Spec.DesiredState ?? DesiredState.Running;

    private TimeSpan Deadline => _input.Runbook.Deadline?.Value ?? Defaults.Deadline;

    private bool AlertSettled => _input.Observed.AlertSettlesAt is { } at && Now >= at && _input.Runbook.ContinueWhenResolved != true;

    public Decision Decide()
    {
        if (ExecutionPhase.IsFinal(_status.Phase))
        {
            return new Decision(_status, new Request.Finish(), [], []);
        }

        if (_status.StartedAt is null && ((GoesBack ? null : AwaitTurn() ?? AwaitParameters() ?? AwaitAccess()) ?? Begin()) is { } early)
        {
            return early;
        }

        if (Now >= _status.StartedAt + Deadline)
        {
            return EndByDeadline();
        }

        WakeAt(_status.StartedAt + Deadline);
        if (!IsDryRun)
        {
            TellWhenOverdue();
        }

        return Each(Observe) ?? Each(Hear) ?? Each(Release) ?? Each(Start) ?? Conclude();
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

    /// <summary>Goes through all steps in their order.</summary>
    /// <param name="work">What to do with each; what it returns is to be known first.</param>
    private Decision? Each(Func<RunbookStep, StepStatus?, Decision?> work) =>
        _input.Runbook.Steps.Select(step => work(step, Of(step))).FirstOrDefault(decision => decision is not null);

    private Decision Conclude()
    {
        var runs = _steps.Exists(step => step.State == StepState.Running);
        if (!runs && Halted is { } halt)
        {
            return Finish(halt);
        }

        if (!runs && _input.Runbook.Steps.TrueForAll(step => StepState.IsFinal(Of(step)?.State)))
        {
            return IsDryRun ? EndRehearsal() : End(ExecutionPhase.Succeeded, Reasons.ExecutionSucceeded, SuccessMessage());
        }

        _events.AddRange(_failures);
        return Store(_deeds.Count > 0 ? new Request.Again() : new Request.Wait(Until(_wake)));
    }

    private StepStatus? Of(RunbookStep step) => _steps.Find(status => status.Name == step.Name);

    private StepStatus? Of(string step) => _steps.Find(status => status.Name == step);

    // In the order of the runbook: with steps side by side it is not that in which they began.
    private void Put(StepStatus status)
    {
        var index = _steps.FindIndex(existing => existing.Name == status.Name);
        if (index >= 0)
        {
            _steps[index] = status;
            return;
        }

        var place = Place(status.Name);
        var after = _steps.FindIndex(existing => Place(existing.Name) > place);
        _steps.Insert(after < 0 ? _steps.Count : after, status);
    }

    private int Place(string step) => _input.Runbook.Steps.FindIndex(known => known.Name == step);

    private void Audit(string actor, string what, string? step = null, string? digest = null) =>
        _audit.Add(new AuditEntry { At = Now, Actor = actor, What = what, Step = step, Digest = digest });

    /// <summary>Looks closer: nothing is stored, so that what was found and what is decided upon it become one write.</summary>
    private Decision Look(Request request) => new(_input.Status, request, [], []);

    private Decision Store(Request request)
    {
        NoteChecks();
        return new(Summarise(null, null), request, _events, _audit) { Deeds = _deeds };
    }

    // That a check has begun rides along with what is written anyway: worth knowing for the next leader, not worth a write.
    private void NoteChecks()
    {
        foreach (var (step, since) in _audit.Count == 0 ? [] : _verifying)
        {
            Put(Of(step)! with { VerifyingSince = since });
        }
    }

    private void WakeAt(DateTimeOffset? moment) => _wake = moment is null || _wake <= moment ? _wake : moment;

    private void WakeIn(TimeSpan? time) => WakeAt(Now + time);

    private TimeSpan? Until(DateTimeOffset? moment) => moment is null ? null : moment < Now ? TimeSpan.Zero : moment - Now;
}
