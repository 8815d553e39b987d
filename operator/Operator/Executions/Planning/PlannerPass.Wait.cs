using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>A step that waits for a person.</content>
internal sealed partial class PlannerPass
{
    private static readonly ApprovalDecision[] OnWhatActs = [ApprovalDecision.Approve, ApprovalDecision.Reject, ApprovalDecision.Skip];
    private static readonly ApprovalDecision[] OnWhatPeopleDo = [ApprovalDecision.MarkDone, ApprovalDecision.Reject, ApprovalDecision.Skip];
    private static readonly ApprovalDecision[] OnWhatIsUnknown =
        [ApprovalDecision.Retry, ApprovalDecision.MarkDone, ApprovalDecision.Reject, ApprovalDecision.Skip];

    /// <summary>What people say of a step that waits for them; nothing starts yet.</summary>
    private Decision? Hear(RunbookStep step, StepStatus? current) => current?.State switch
    {
        _ when Halted is not null => null,
        StepState.Waiting => HearWaiting(step, current),
        StepState.Unknown => HearUnknown(step, current),
        _ => null,
    };

    private Decision? HearWaiting(RunbookStep step, StepStatus current)
    {
        if (AlertSettled && (current.Risk != RiskLevel.Safe.ToText() || step.Manual is not null))
        {
            Put(Skipped(current, "the alert has resolved", Reasons.AlertResolved));
            return null;
        }

        if (PreparedFor(step, current.Attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, current.Attempt, _variables));
        }

        if (prepared.Problem is { } problem)
        {
            Fail(step, problem.Reason, problem.Message, NotDone(step, current));
            return null;
        }

        if (DecisionsOn(current) is not { } decisions)
        {
            return Look(new Request.ReadDecisions(step, current, prepared, Done(step) ? OnWhatPeopleDo : OnWhatActs));
        }

        var known = Describe(step, current, prepared, current.Attempt) with { Approvals = Copies(decisions) };
        Put(known);
        Pass(known);
        if (!Settle(step, Of(step)!, decisions) && !IsAtBreakpoint(known) && HoldOf(step, prepared) is null && !IsApproved(step, prepared, decisions) && IsLate(known, ApprovalsOf(prepared)))
        {
            Fail(step, Reasons.ApprovalTimedOut, $"nobody decided within {Duration.Of(ApprovalsOf(prepared).Timeout.Value)}", NotDone(step, known));
        }

        return null;
    }

    /// <summary>A step that waits and was heard: it acts if nothing holds it and enough people say so.</summary>
    private Decision? Release(RunbookStep step, StepStatus? waiting)
    {
        if (waiting is not { State: StepState.Waiting } known || Halted is not null)
        {
            return null;
        }

        if (IsAtBreakpoint(known))
        {
            Stay(known);
            return null;
        }

        var prepared = PreparedFor(step, known.Attempt)!;
        if (HoldOf(step, prepared) is { } hold)
        {
            Hold(known, hold);
            return null;
        }

        if (known.WaitingSince is null && RunsByItself(step, prepared))
        {
            // Held till now, and by nobody else: it starts as soon as there is a place.
            if (!Paused && HasPlace)
            {
                Intend(step, known, prepared);
            }

            return null;
        }

        known = known with { WaitingSince = known.WaitingSince ?? Now, Reason = null, Message = WaitMessage(step, prepared) };
        if (waiting.WaitingSince is null)
        {
            // Something held it till now. From now on it waits for people; what they decided meanwhile counts.
            Ask(step, prepared);
        }

        Put(known);
        WakeByApprovals(known.WaitingSince, ApprovalsOf(prepared));
        return !Paused && IsApproved(step, prepared, DecisionsOn(known)!) ? Approved(step, known, prepared) : null;
    }

    private Decision? Approved(RunbookStep step, StepStatus known, PreparedStep prepared)
    {
        if (!HasPlace)
        {
            return null;
        }

        var approvers = Approvers(DecisionsOn(known)!);
        _status = _status with { ApprovedBy = Join(_status.ApprovedBy, approvers) };
        foreach (var approver in approvers)
        {
            Audit(approver, "approved", step.Name, prepared.Digest);
        }

        Intend(step, known, prepared);
        return null;
    }

    // ReadAlong and manual steps never act, so no number of approvals starts them.
    private bool IsApproved(RunbookStep step, PreparedStep prepared, IReadOnlyList<JudgedDecision> decisions) =>
        !Done(step) && Approvers(decisions).Count >= Math.Max(ApprovalsOf(prepared).Required.Value, 1);

    private bool IsLate(StepStatus step, EffectiveApprovals approvals) => step.WaitingSince is { } since && Now >= since + approvals.Timeout.Value;

    private Decision? HearUnknown(RunbookStep step, StepStatus current)
    {
        if (PreparedFor(step, current.Attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, current.Attempt, _variables));
        }

        if (DecisionsOn(current) is not { } decisions)
        {
            return Look(new Request.ReadDecisions(step, current, prepared, OnWhatIsUnknown));
        }

        // Its decisions let nothing act: they are about the step as it reads now, also after an upgrade of the rules.
        var known = current with { Digest = prepared.Digest, Approvals = Copies(decisions) };
        Put(known);
        if (decisions.FirstOrDefault(decision => decision.Counts && decision.Decision == ApprovalDecision.Retry) is { } retry)
        {
            Audit(retry.User, "said to try again", step.Name, current.Digest);
            Put(known with { State = StepState.Pending, Attempt = current.Attempt + 1, WaitingSince = null, FinishedAt = null, Target = null, Pod = null, Rollback = KeepOrigin(current) });
        }
        else if (!Settle(step, known, decisions) && IsLate(known, ApprovalsOf(prepared)))
        {
            Put(known with { Reason = Reasons.ApprovalTimedOut });
        }
        else
        {
            WakeByApprovals(known.WaitingSince, ApprovalsOf(prepared));
        }

        return null;
    }

    /// <summary>Decisions that settle the step at once. The first person to say no, to skip or to mark done decides.</summary>
    private bool Settle(RunbookStep step, StepStatus current, IReadOnlyList<JudgedDecision> decisions)
    {
        foreach (var decision in decisions.Where(decision => decision.Counts).OrderBy(decision => decision.At).ThenBy(decision => decision.Name, StringComparer.Ordinal))
        {
            switch (decision.Decision)
            {
                case ApprovalDecision.Reject:
                    Audit(decision.User, "rejected", step.Name, current.Digest);
                    Reject(step, current, decision);
                    return true;
                case ApprovalDecision.Skip:
                    Audit(decision.User, "skipped", step.Name, current.Digest);
                    Put(Skipped(current, Said("skipped", decision)));
                    return true;
                case ApprovalDecision.MarkDone when current.State == StepState.Unknown || Done(step):
                    Audit(decision.User, "marked done", step.Name, current.Digest);
                    Put(Finished(
                        current,
                        StepState.Succeeded,
                        new StepEvidence.Ended { Step = step.Name, Attempt = current.Attempt, Success = true },
                        Said("done", decision)));
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }

    private void Reject(RunbookStep step, StepStatus current, JudgedDecision decision)
    {
        var rejected = current with
        {
            State = StepState.Failed, Reason = Reasons.Rejected, FinishedAt = Now, WaitingSince = null, Message = Said("rejected", decision),
        };
        Put(rejected);
        Tell(rejected, new PlannedEvent(true, Reasons.Rejected, $"step {step.Name} was {rejected.Message}"));
    }

    private IReadOnlyList<JudgedDecision>? DecisionsOn(StepStatus current) =>
        _input.Observed.Decisions.LastOrDefault(decisions => !decisions.IsUndo && decisions.Step == current.Name && decisions.Attempt == current.Attempt)?.All;

    private static string Said(string what, JudgedDecision decision) => Variables.Clean(
        $"{what} by {decision.User}" + (string.IsNullOrWhiteSpace(decision.Reason) ? "" : $": {decision.Reason}"), Limits.Message);

    private static List<string> Approvers(IReadOnlyList<JudgedDecision> decisions) =>
        [.. decisions.Where(decision => decision.Counts && decision.Decision == ApprovalDecision.Approve)
            .Select(decision => decision.User).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static List<StepApproval>? Copies(IReadOnlyList<JudgedDecision> decisions)
    {
        var copies = decisions.Where(decision => decision.Counts).Take(20)
            .Select(decision => new StepApproval { User = decision.User, Decision = decision.Decision.ToString(), At = decision.At, Reason = decision.Reason })
            .ToList();
        return copies.Count == 0 ? null : copies;
    }

    private static string Join(string? known, IEnumerable<string> more)
    {
        var all = (known?.Split(',') ?? []).Concat(more).Distinct(StringComparer.Ordinal);
        return Variables.Clean(string.Join(',', all), Limits.Line);
    }

    private void WakeByApprovals(DateTimeOffset? since, EffectiveApprovals approvals)
    {
        WakeAt((since ?? Now) + approvals.Timeout.Value);
        WakeAt(Later(_input.Observed.AlertSettlesAt));
    }

    private DateTimeOffset? Later(DateTimeOffset? moment) => moment > Now ? moment : null;
}
