using RunbookOperator.Actions;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>Handing over to another run, or telling people.</content>
internal sealed partial class PlannerPass
{
    private RunbookEscalation? Escalation => _input.Runbook.Escalation;

    // Once the alert has resolved there is nothing to hand over.
    private bool CanEscalate => Escalation?.Runbook is not null && !AlertSettled;

    /// <summary>A step that says so has been reached.</summary>
    private Halt? HandsOver()
    {
        var step = _input.Runbook.Steps.Find(step => step.Uses == Escalating.Action && Of(step)?.State == StepState.Succeeded);
        if (step is null)
        {
            return null;
        }

        var runbook = Escalating.Runbook(new ActionInputs(step.With).Fill(_variables, out _)) ?? Escalation?.Runbook;
        return runbook is null
            ? new Halt(HaltKind.Stop, Reasons.Escalated, $"step {step.Name} escalates, and neither it nor the runbook names a runbook that goes on")
            : new Halt(HaltKind.Escalate, Reasons.Escalated, $"step {step.Name} escalates", runbook);
    }

    // A person who has paused the run is at it.
    private Halt? Overdue() => CanEscalate && IsOverdue && Desired != DesiredState.Paused
        ? new Halt(HaltKind.Escalate, Reasons.Escalated, $"not over after {Escalation!.After}")
        : null;

    private bool IsOverdue => Escalation?.After is { } after && Now >= _status.StartedAt + after.Value;

    private Halt? TooWide() => CanEscalate && IsTooWide && Asked() == RunbookMode.Autopilot
        ? new Halt(HaltKind.Escalate, Reasons.AutopilotOff, WideWords)
        : null;

    private string WideWords =>
        $"the incident is over {_input.Observed.Services} services, and the policy {_input.Policy.AutopilotServices.Policy} lets Autopilot act on {_input.Policy.AutopilotServices.Value}";

    /// <summary>Where no other runbook goes on, people are told, once.</summary>
    private void TellWhenOverdue()
    {
        if (_status.EscalatedAt is not null || AlertSettled)
        {
            return;
        }

        if (IsTooWide && Asked() == RunbookMode.Autopilot && Escalation?.Runbook is null)
        {
            TellOnce(Reasons.AutopilotOff, WideWords);
        }
        else if (IsOverdue && Escalation is { Runbook: null, Notify: { } channels })
        {
            TellOnce(Reasons.Escalated, $"not over after {Escalation.After}; to be told: {string.Join(", ", channels)}");
        }
        else if (Escalation?.After is { } after)
        {
            WakeAt(Later(_status.StartedAt + after.Value));
        }
    }

    private void TellOnce(string reason, string message)
    {
        _status = _status with { EscalatedAt = Now };
        _events.Add(new PlannedEvent(true, reason, message));
        Audit(Defaults.Operator, message);
    }

    private Decision Escalate(Halt halt)
    {
        var runbook = halt.Runbook ?? Escalation!.Runbook!;
        var name = RunNames.Of(_input.Execution, runbook, "escalation");
        if (_input.Observed.HandedOver is not { } handed || handed.Run != name)
        {
            return Look(new Request.HandOver(name, runbook));
        }

        if (handed.Problem is { } problem)
        {
            return End(ExecutionPhase.Failed, halt.Reason, Variables.Clean($"{halt.Message}; nothing goes on: {problem}", Limits.Message));
        }

        var told = Escalation?.Notify is { } channels ? $"; to be told: {string.Join(", ", channels)}" : "";
        _status = _status with { EscalatedAt = _status.EscalatedAt ?? Now, EscalatedTo = name };
        return End(ExecutionPhase.Escalated, halt.Reason, Variables.Clean($"{halt.Message}; the run {name} goes on{told}", Limits.Message));
    }
}
