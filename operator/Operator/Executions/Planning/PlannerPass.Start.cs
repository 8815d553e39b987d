using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>A step that has not begun.</content>
internal sealed partial class PlannerPass
{
    private bool Paused => Desired == DesiredState.Paused || _steps.Exists(IsAtBreakpoint);

    /// <summary>Whether the policy lets one more step run beside those that do.</summary>
    private bool HasPlace => _steps.Count(step => step.State == StepState.Running) < _input.Policy.StepsInParallel.Value;

    private Decision? Start(RunbookStep step, StepStatus? current)
    {
        if (current is not (null or { State: StepState.Pending }) || Halted is not null || !IsReached(step))
        {
            return null;
        }

        if (WhenEvaluator.FirstThatFails(step.When, _variables, _steps) is { } reason && !IsUnknownYet(step))
        {
            Put(Skipped(current ?? New(step), reason));
            return null;
        }

        var attempt = Math.Max(current?.Attempt ?? 1, 1);
        return Paused || !HasPlace || !IsDue(step, current) ? null
            : PreparedFor(step, attempt) is { } prepared ? Start(step, Describe(step, current, prepared, attempt), prepared)
            : Look(new Request.Prepare(step, attempt, _variables));
    }

    private Decision? Start(RunbookStep step, StepStatus known, PreparedStep prepared)
    {
        if (IsDryRun)
        {
            Rehearse(step, known, prepared);
        }
        else if (AlertSettled && (prepared.Risk != RiskLevel.Safe || step.Manual is not null))
        {
            Put(Skipped(known, "the alert has resolved", Reasons.AlertResolved));
        }
        else if (prepared.Problem is { } problem)
        {
            Put(known with { StartedAt = Now });
            Fail(step, problem.Reason, problem.Message, NotDone(step, known));
        }
        else if (IsBreakpoint(step, known))
        {
            Break(known);
        }
        else if (HoldOf(step, prepared) is { } hold)
        {
            Hold(known, hold);
        }
        else if (RunsByItself(step, prepared))
        {
            Intend(step, known, prepared);
        }
        else
        {
            Await(step, known, prepared, known.Attempt);
        }

        return null;
    }

    private bool IsReached(RunbookStep step) => Needs.Of(_input.Runbook, step).All(name => IsDryRun
        ? StepState.IsFinal(Of(name)?.State)
        : Needs.IsMetBy(_input.Runbook.Steps.Find(needed => needed.Name == name), Of(name)));

    private bool RunsByItself(RunbookStep step, PreparedStep prepared) =>
        step.Manual is null && Mode() != RunbookMode.ReadAlong && prepared.Risk != RiskLevel.Dangerous
        && (ApprovalsOf(prepared).Required.Value == 0 || MayAutopilot(prepared));

    private bool MayAutopilot(PreparedStep prepared) =>
        Mode() == RunbookMode.Autopilot && prepared.Risk == RiskLevel.Caution && prepared.Policy.AutopilotRisk.Value >= prepared.Risk;

    // Never above the runbook's own mode, whatever the run asks for.
    private RunbookMode Mode() => IsTooWide && Asked() == RunbookMode.Autopilot ? RunbookMode.Copilot : Asked();

    private RunbookMode Asked()
    {
        var runbook = _input.Runbook.Mode ?? RunbookMode.ReadAlong;
        return _input.Execution.Spec.Mode < runbook ? _input.Execution.Spec.Mode : runbook;
    }

    private bool IsTooWide => _input.Observed.Services > _input.Policy.AutopilotServices.Value;

    private PreparedStep? PreparedFor(RunbookStep step, int attempt) =>
        _input.Observed.Prepared.LastOrDefault(prepared => !prepared.IsUndo && prepared.Step == step.Name && prepared.Attempt == attempt);

    /// <summary>Records the attempt. Stored before anything happens in the world: the version of the object is the fence.</summary>
    private void Intend(RunbookStep step, StepStatus known, PreparedStep prepared)
    {
        var status = known with
        {
            State = StepState.Running,
            StartedAt = Now,
            FinishedAt = null,
            WaitingSince = null,
            Reason = null,
            Message = null,
            Target = prepared.Target,
            Pod = step.Run is null || IsDryRun ? null : AttemptId.Of(_input.Execution, step.Name, known.Attempt),
        };
        Put(status);
        Audit(Defaults.Operator, IsDryRun ? "tried without acting (dry run)" : $"started attempt {known.Attempt}", step.Name, prepared.Digest);
        _deeds.Add(new Deed.Act(step, status, prepared));
    }

    private void Await(RunbookStep step, StepStatus? current, PreparedStep prepared, int attempt)
    {
        Put(Describe(step, current, prepared, attempt) with
        {
            State = StepState.Waiting,
            WaitingSince = Now,
            Reason = null,
            Message = WaitMessage(step, prepared),
        });
        Ask(step, prepared);
        WakeByApprovals(Now, ApprovalsOf(prepared));
    }

    private void Ask(RunbookStep step, PreparedStep prepared)
    {
        _events.Add(new PlannedEvent(
            false,
            Done(step) ? Reasons.ManualStep : Reasons.StepApprovalRequested,
            $"step {step.Name} ({prepared.Risk.ToText()}): {WaitMessage(step, prepared)}"));
        Audit(Defaults.Operator, Done(step) ? "waits to be marked done" : "waits for approval", step.Name, prepared.Digest);
    }

    /// <summary>Whether a person does this step, so that it is marked done and never acts.</summary>
    private bool Done(RunbookStep step) => step.Manual is not null || Mode() == RunbookMode.ReadAlong;

    private string WaitMessage(RunbookStep step, PreparedStep prepared) => Variables.Clean(WaitWords(step, prepared), Limits.Message);

    private string WaitWords(RunbookStep step, PreparedStep prepared)
    {
        if (Done(step))
        {
            return $"waits until a person has done it: kubectl runbook done {_input.Execution.Metadata.Name} {step.Name}";
        }

        var approvals = ApprovalsOf(prepared);
        var people = approvals.Required.Value;
        var who = people <= 1 ? "waits for approval" : $"waits for approval by {people} people";
        var typed = approvals.TypedConfirmation.Value ? $", who type \"{prepared.Confirm ?? step.Name}\"" : "";
        return $"{who}{typed}: kubectl runbook approve {_input.Execution.Metadata.Name} {step.Name}";
    }

    private static StepStatus New(RunbookStep step) => new() { Name = step.Name, State = StepState.Pending };

    private StepStatus Describe(RunbookStep step, StepStatus? current, PreparedStep prepared, int attempt) => (current ?? New(step)) with
    {
        Risk = prepared.Risk.ToText(),
        Reasons = [.. ReasonsOf(step, prepared).Select(reason => Variables.Clean(reason, Limits.Line))],
        Command = prepared.Command,
        ServiceAccount = prepared.ServiceAccount.Length == 0 ? null : prepared.ServiceAccount,
        Digest = prepared.Digest,
        Undo = prepared.Undo,
        Rollback = PlannedUndo(current?.Rollback, prepared.UndoneBy),
        Attempt = attempt,
    };

    private StepStatus Skipped(StepStatus current, string why, string? reason = null) => current with
    {
        State = StepState.Skipped,
        Reason = reason,
        WaitingSince = null,
        FinishedAt = Now,
        Command = Cut(current.Command),
        Rollback = CutUndo(current.Rollback),
        Message = Variables.Clean(why, Limits.Message),
    };

    private static string? Cut(string? command) =>
        command is { Length: > Limits.CommandCut } ? command[..(Limits.CommandCut - 1)] + "…" : command;
}
