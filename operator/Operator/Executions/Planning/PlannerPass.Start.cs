using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>A step that has not begun.</content>
internal sealed partial class PlannerPass
{
    private Decision? Start(RunbookStep step, StepStatus? current)
    {
        if (Desired == DesiredState.Aborted)
        {
            return End(ExecutionPhase.Aborted, Reasons.Aborted, "a person ended the run");
        }

        if (WhenEvaluator.FirstThatFails(step.When, _variables, _steps) is { } reason)
        {
            Put(Skipped(step, current, reason));
            return null;
        }

        if (Desired == DesiredState.Paused)
        {
            return Pause();
        }

        var attempt = Math.Max(current?.Attempt ?? 1, 1);
        if (PreparedFor(step, attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, attempt, _variables));
        }

        if (AlertSettled && (prepared.Risk != RiskLevel.Safe || step.Manual is not null))
        {
            Put(Skipped(step, Describe(step, current, prepared, attempt), "the alert has resolved"));
            return null;
        }

        if (prepared.Problem is { } problem)
        {
            Put(Describe(step, current, prepared, attempt) with { StartedAt = Now });
            return Fail(step, problem.Reason, problem.Message, new StepEvidence.Ended { Step = step.Name, Attempt = attempt, Success = false });
        }

        if (HoldOf(step, prepared) is { } hold)
        {
            return Hold(Describe(step, current, prepared, attempt), hold);
        }

        return RunsByItself(step, prepared) ? Intend(step, current, prepared, attempt) : Await(step, current, prepared, attempt);
    }

    private bool RunsByItself(RunbookStep step, PreparedStep prepared) =>
        step.Manual is null && Mode() != RunbookMode.ReadAlong && ApprovalsOf(prepared).Required.Value == 0;

    // Never above the runbook's own mode, whatever the run asks for. Autopilot acts on caution only where a policy allows it, and the built-in
    // one allows none, so it is Copilot here.
    private RunbookMode Mode()
    {
        var runbook = _input.Runbook.Mode ?? RunbookMode.ReadAlong;
        return _input.Execution.Spec.Mode < runbook ? _input.Execution.Spec.Mode : runbook;
    }

    private PreparedStep? PreparedFor(RunbookStep step, int attempt) =>
        _input.Observed.Prepared.LastOrDefault(prepared => prepared.Step == step.Name && prepared.Attempt == attempt);

    /// <summary>Records the attempt. Stored before anything happens in the world: the version of the object is the fence.</summary>
    private Decision Intend(RunbookStep step, StepStatus? current, PreparedStep prepared, int attempt)
    {
        var status = Describe(step, current, prepared, attempt) with
        {
            State = StepState.Running,
            StartedAt = Now,
            WaitingSince = null,
            Message = null,
            Target = prepared.Target,
            Pod = step.Run is null ? null : AttemptId.Of(_input.Execution, step.Name, attempt),
        };
        Put(status);
        Audit(Defaults.Operator, $"started attempt {attempt}", step.Name, prepared.Digest);
        return Store(new Request.Act(step, status, prepared));
    }

    private Decision Await(RunbookStep step, StepStatus? current, PreparedStep prepared, int attempt)
    {
        Put(Describe(step, current, prepared, attempt) with
        {
            State = StepState.Waiting,
            WaitingSince = Now,
            Message = WaitMessage(step, prepared),
        });
        Ask(step, prepared);
        return Store(new Request.Wait(WaitFor(Now, ApprovalsOf(prepared))));
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

    private StepStatus Describe(RunbookStep step, StepStatus? current, PreparedStep prepared, int attempt) =>
        (current ?? new StepStatus { Name = step.Name, State = StepState.Pending }) with
        {
            Risk = prepared.Risk.ToText(),
            Reasons = [.. ReasonsOf(step, prepared).Select(reason => Variables.Clean(reason, Limits.Line))],
            Command = prepared.Command,
            ServiceAccount = prepared.ServiceAccount.Length == 0 ? null : prepared.ServiceAccount,
            Digest = prepared.Digest,
            Undo = prepared.Undo,
            Attempt = attempt,
        };

    private StepStatus Skipped(RunbookStep step, StepStatus? current, string why) =>
        (current ?? new StepStatus { Name = step.Name, State = StepState.Pending }) with
        {
            State = StepState.Skipped,
            WaitingSince = null,
            FinishedAt = Now,
            Command = Cut(current?.Command),
            Message = Variables.Clean(why, Limits.Message),
        };

    private Decision Pause() => Store(new Request.Wait(_status.StartedAt + Deadline - Now));

    private static string? Cut(string? command) =>
        command is { Length: > Limits.CommandCut } ? command[..(Limits.CommandCut - 1)] + "…" : command;
}
