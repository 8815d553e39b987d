using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>The undo of a step that has not begun.</content>
internal sealed partial class PlannerPass
{
    private static readonly ApprovalDecision[] OnUndo = [ApprovalDecision.Approve, ApprovalDecision.MarkDone, ApprovalDecision.Skip, ApprovalDecision.Reject];

    private static readonly ApprovalDecision[] OnUndoByHand = [ApprovalDecision.MarkDone, ApprovalDecision.Skip, ApprovalDecision.Reject];

    private Decision? Undo(RunbookStep step, StepStatus current)
    {
        var undo = UndoStep.Of(step, current)!;
        return current.Rollback?.State switch
        {
            StepState.Running => UndoRunning(current, undo),
            StepState.Failed or StepState.Unknown => UndoStuck(current, undo),
            _ => UndoOpen(step, current, undo),
        };
    }

    // It has not begun: it acts by itself, or by what was approved with the step, or it waits for people.
    private Decision? UndoOpen(RunbookStep step, StepStatus current, UndoStep undo)
    {
        if (Desired == DesiredState.Aborted)
        {
            return End(ExecutionPhase.Aborted, Reasons.Aborted, "a person ended the run while it went back");
        }

        if (Desired == DesiredState.Paused)
        {
            return Rest();
        }

        var attempt = Math.Max(current.Rollback?.Attempt ?? 1, 1);
        if (UndoPrepared(current, attempt) is not { } prepared)
        {
            return LookAtUndo(undo, attempt);
        }

        if (prepared.Problem is { } problem)
        {
            return UndoSticks(current with { Rollback = DescribeUndo(current, prepared) }, StepState.Failed, problem.Message);
        }

        if (PolicyHold.Of(prepared.Policy, prepared.Risk, byHand: IsByHand, Now, isUndo: true) is { } hold)
        {
            return HoldUndo(current, prepared, hold);
        }

        // Whoever is asked already is asked till the end: what was shown is what is decided.
        if (current.Rollback is not { State: StepState.Waiting, WaitingSince: not null } && !AsksAPerson(step, current, prepared))
        {
            if (RunsByItself(undo.Step, prepared))
            {
                return IntendUndo(current, undo, prepared);
            }

            if (MayBeCovered(current, prepared) && CoveredBy(current, prepared) is { } covered)
            {
                if (covered.Decision is { } look)
                {
                    return look;
                }

                if (covered.People.Count > 0)
                {
                    Audit(Defaults.Operator, $"its undo was approved with it by {string.Join(',', covered.People)}", step.Name, current.Digest);
                    return IntendUndo(current, undo, prepared);
                }
            }
        }

        return UndoWaiting(step, current, undo, prepared);
    }

    private Decision? UndoWaiting(RunbookStep step, StepStatus current, UndoStep undo, PreparedStep prepared)
    {
        var known = current with
        {
            Rollback = DescribeUndo(current, prepared) with { State = StepState.Waiting, Message = UndoWords(step, current, prepared) },
        };
        if (known.Rollback.WaitingSince is null)
        {
            known = known with { Rollback = known.Rollback with { WaitingSince = Now } };
            Put(known);
            _events.Add(new PlannedEvent(false, Reasons.UndoApprovalRequested, $"the undo of step {step.Name} ({prepared.Risk.ToText()}) {known.Rollback.Message}"));
            Audit(Defaults.Operator, "its undo waits for a person", step.Name, prepared.Digest);
            return RestForApprovals(Now, ApprovalsOf(prepared));
        }

        if (UndoDecisionsOn(known) is not { } decisions)
        {
            return Look(new Request.ReadDecisions(undo.Step, known.AsUndo()!, prepared, IsByHand ? OnUndoByHand : OnUndo));
        }

        known = known with { Rollback = known.Rollback with { Approvals = Copies(decisions) } };
        Put(known);
        if (UndoDecided(known, decisions) is { } settled)
        {
            return settled.Decision;
        }

        var approvals = ApprovalsOf(prepared);
        if (!IsByHand && Approvers(decisions).Count >= Math.Max(approvals.Required.Value, 1))
        {
            _status = _status with { ApprovedBy = Join(_status.ApprovedBy, Approvers(decisions)) };
            foreach (var approver in Approvers(decisions))
            {
                Audit(approver, "approved its undo", step.Name, prepared.Digest);
            }

            return IntendUndo(known, undo, prepared);
        }

        return Now >= known.Rollback.WaitingSince + approvals.Timeout.Value
            ? End(ExecutionPhase.Failed, Reasons.ApprovalTimedOut, $"nobody decided on the undo of step {step.Name} within {Duration.Of(approvals.Timeout.Value)}")
            : RestForApprovals(known.Rollback.WaitingSince, approvals);
    }

    /// <summary>Records the attempt. Stored before anything happens in the world, as that of any step.</summary>
    private Decision IntendUndo(StepStatus current, UndoStep undo, PreparedStep prepared)
    {
        var attempt = prepared.Attempt;
        var status = current with
        {
            Rollback = DescribeUndo(current, prepared) with
            {
                State = StepState.Running,
                StartedAt = Now,
                WaitingSince = null,
                Message = null,
                Target = prepared.Target,
                Pod = undo.Step.Run is null ? null : AttemptId.Of(_input.Execution, current.Name, attempt, isUndo: true),
            },
        };
        Put(status);
        Audit(Defaults.Operator, $"started attempt {attempt} of its undo", current.Name, prepared.Digest);
        return Do(new Deed.Act(undo.Step, status.AsUndo()!, prepared) { Direction = undo.Direction });
    }

    // A step that may have acted or not is only offered. What has moved since is asked about, and so is every undo where people do the steps.
    private bool AsksAPerson(RunbookStep step, StepStatus current, PreparedStep prepared) =>
        IsByHand || prepared.Moved is not null || UndoStep.NeedOf(step, current) == UndoNeed.Offered;

    private bool IsByHand => Mode() == RunbookMode.ReadAlong;

    // Whoever approved the step approved its undo too, if that is what was shown, and no riskier. A new run is a new question.
    private bool MayBeCovered(StepStatus current, PreparedStep prepared) =>
        !IsRollbackRun && current.Digest is not null && current.Rollback?.Plan is { } plan && plan == prepared.Plan
        && RiskLevels.TryParse(current.Risk, out var risk) && prepared.Risk <= risk;

    // Read again, and judged again, by what is stored of them and not by what the run says.
    private (Decision? Decision, List<string> People)? CoveredBy(StepStatus current, PreparedStep prepared)
    {
        _ = RiskLevels.TryParse(current.Risk, out var risk);
        var forward = prepared with { IsUndo = false, Attempt = current.Attempt, Digest = current.Digest!, Risk = risk };
        if (DecisionsOn(current) is not { } decisions)
        {
            return (Look(new Request.ReadDecisions(new RunbookStep { Name = current.Name }, current, forward, [ApprovalDecision.Approve]) { WereUsed = true }), []);
        }

        var people = Approvers(decisions);
        return people.Count >= Math.Max(ApprovalsOf(forward).Required.Value, 1) ? (null, people) : null;
    }

    private PreparedStep? UndoPrepared(StepStatus current, int attempt) =>
        _input.Observed.Prepared.LastOrDefault(prepared => prepared.IsUndo && prepared.Step == current.Name && prepared.Attempt == attempt);

    private Decision LookAtUndo(UndoStep undo, int attempt, System.Text.Json.Nodes.JsonObject? recorded = null) =>
        Look(new Request.Prepare(undo.Step, attempt, _variables, recorded) { Direction = undo.Direction, Done = undo.Done });

    private IReadOnlyList<JudgedDecision>? UndoDecisionsOn(StepStatus current) => _input.Observed.Decisions
        .LastOrDefault(decisions => decisions.IsUndo && decisions.Step == current.Name && decisions.Attempt == current.Rollback!.Attempt)?.All;

    private static StepUndoStatus DescribeUndo(StepStatus current, PreparedStep prepared) =>
        (current.Rollback ?? new StepUndoStatus { State = StepState.Pending }) with
        {
            Risk = prepared.Risk.ToText(),
            Reasons = [.. prepared.Reasons.Take(Limits.StepReasons).Select(reason => Variables.Clean(reason, Limits.Line))],
            Command = prepared.Command,
            ServiceAccount = prepared.ServiceAccount.Length == 0 ? null : prepared.ServiceAccount,
            Digest = prepared.Digest,
            Attempt = prepared.Attempt,
        };

    private string UndoWords(RunbookStep step, StepStatus current, PreparedStep prepared)
    {
        var run = _input.Execution.Metadata.Name;
        var why = prepared.Moved is { } moved ? $"; {moved}"
            : UndoStep.NeedOf(step, current) == UndoNeed.Offered ? $"; step {step.Name} is {current.State}, and what it did is not known"
            : "";
        if (IsByHand)
        {
            return Variables.Clean($"waits until a person has undone it: kubectl runbook done {run} {step.Name}{why}", Limits.Message);
        }

        var approvals = ApprovalsOf(prepared);
        var who = approvals.Required.Value <= 1 ? "waits for approval" : $"waits for approval by {approvals.Required.Value} people";
        var typed = approvals.TypedConfirmation.Value ? $", who type \"{prepared.Confirm ?? step.Name}\"" : "";
        return Variables.Clean($"{who}{typed}: kubectl runbook approve {run} {step.Name}{why}", Limits.Message);
    }

    private Decision HoldUndo(StepStatus current, PreparedStep prepared, PolicyHold hold)
    {
        if (current.Rollback is not { State: StepState.Waiting, WaitingSince: null })
        {
            _events.Add(new PlannedEvent(false, hold.Reason, $"the undo of step {current.Name} is {hold.Message}"));
            Audit(Defaults.Operator, $"its undo is held ({hold.Reason})", current.Name, prepared.Digest);
        }

        return KeepUndo(current with { Rollback = DescribeUndo(current, prepared) with { State = StepState.Waiting, WaitingSince = null } }, hold);
    }

    private Decision KeepUndo(StepStatus current, PolicyHold hold)
    {
        _hold = hold;
        Put(current with { Rollback = current.Rollback! with { Message = Variables.Clean(hold.Message, Limits.Message) } });
        WakeAt(hold.Until);
        return Rest();
    }

    /// <summary>The run waits: to be told, or for the first moment that was noted.</summary>
    private Decision Rest() => Store(new Request.Wait(Until(_wake)));

    private Decision RestForApprovals(DateTimeOffset? since, EffectiveApprovals approvals)
    {
        WakeAt((since ?? Now) + approvals.Timeout.Value);
        return Rest();
    }

    private Decision Do(Deed deed)
    {
        _deeds.Add(deed);
        return Store(new Request.Again());
    }
}
