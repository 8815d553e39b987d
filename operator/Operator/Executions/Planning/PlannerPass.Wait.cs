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

    private Decision? Waiting(RunbookStep step, StepStatus current)
    {
        if (Desired == DesiredState.Aborted)
        {
            Put(Skipped(step, current, "a person ended the run"));
            return End(ExecutionPhase.Aborted, Reasons.Aborted, "a person ended the run");
        }

        if (AlertSettled && (current.Risk != RiskLevel.Safe.ToText() || step.Manual is not null))
        {
            Put(Skipped(step, current, "the alert has resolved"));
            return null;
        }

        if (PreparedFor(step, current.Attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, current.Attempt, _variables));
        }

        if (prepared.Problem is { } problem)
        {
            return Fail(step, problem.Reason, problem.Message, NotDone(step, current));
        }

        if (DecisionsOn(current) is not { } decisions)
        {
            return Look(new Request.ReadDecisions(step, current, prepared, Done(step) ? OnWhatPeopleDo : OnWhatActs));
        }

        var hold = HoldOf(step, prepared);
        var known = Describe(step, current, prepared, current.Attempt) with
        {
            Approvals = Copies(decisions),
            Message = hold is null ? WaitMessage(step, prepared) : Variables.Clean(hold.Message, Limits.Message),
        };
        Put(known);
        if (Final(step, known, decisions) is { } final)
        {
            return final.Decision;
        }

        return hold is null ? Free(step, known, prepared, decisions) : Hold(known, hold);
    }

    // A step that no policy holds: it acts once enough people say so.
    private Decision? Free(RunbookStep step, StepStatus known, PreparedStep prepared, IReadOnlyList<JudgedDecision> decisions)
    {
        if (known.WaitingSince is null && Desired == DesiredState.Running && RunsByItself(step, prepared))
        {
            return Intend(step, known, prepared, known.Attempt);
        }

        if (known.WaitingSince is null)
        {
            // A policy held it till now. From now on it waits for people; what they decided meanwhile counts.
            known = known with { WaitingSince = Now };
            Put(known);
            Ask(step, prepared);
        }

        // ReadAlong and manual steps never act, so no number of approvals starts them.
        if (!Done(step) && Desired == DesiredState.Running && Approvers(decisions).Count >= Math.Max(ApprovalsOf(prepared).Required.Value, 1))
        {
            _status = _status with { ApprovedBy = Join(_status.ApprovedBy, Approvers(decisions)) };
            foreach (var approver in Approvers(decisions))
            {
                Audit(approver, "approved", step.Name, prepared.Digest);
            }

            return Intend(step, known, prepared, known.Attempt);
        }

        var timeout = ApprovalsOf(prepared).Timeout.Value;
        return Now >= known.WaitingSince + timeout
            ? Fail(step, Reasons.ApprovalTimedOut, $"nobody decided within {Duration.Of(timeout)}", NotDone(step, known))
            : Store(new Request.Wait(WaitFor(known.WaitingSince, ApprovalsOf(prepared))));
    }

    private Decision? Unknown(RunbookStep step, StepStatus current)
    {
        if (Desired == DesiredState.Aborted)
        {
            return End(ExecutionPhase.Aborted, Reasons.Aborted, $"a person ended the run; whether step {step.Name} happened is not known");
        }

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
            Put(known with { State = StepState.Pending, Attempt = current.Attempt + 1, WaitingSince = null, Target = null, Pod = null });
            return null;
        }

        if (Final(step, known, decisions) is { } final)
        {
            return final.Decision;
        }

        return current.WaitingSince is { } since && Now >= since + ApprovalsOf(prepared).Timeout.Value
            ? End(ExecutionPhase.Failed, Reasons.ApprovalTimedOut, $"whether step {step.Name} happened is not known, and nobody decided")
            : Store(new Request.Wait(WaitFor(current.WaitingSince, ApprovalsOf(prepared))));
    }

    /// <summary>Decisions that settle the step at once. The first person to say no, to skip or to mark done decides.</summary>
    private (Decision? Decision, bool Settled)? Final(RunbookStep step, StepStatus current, IReadOnlyList<JudgedDecision> decisions)
    {
        foreach (var decision in decisions.Where(decision => decision.Counts).OrderBy(decision => decision.At).ThenBy(decision => decision.Name, StringComparer.Ordinal))
        {
            switch (decision.Decision)
            {
                case ApprovalDecision.Reject:
                    Audit(decision.User, "rejected", step.Name, current.Digest);
                    Put(current with { State = StepState.Failed, FinishedAt = Now, WaitingSince = null, Message = Said("rejected", decision) });
                    return (End(ExecutionPhase.Failed, Reasons.Rejected, $"step {step.Name} was rejected by {decision.User}"), true);
                case ApprovalDecision.Skip:
                    Audit(decision.User, "skipped", step.Name, current.Digest);
                    Put(Skipped(step, current, Said("skipped", decision)));
                    return (null, true);
                case ApprovalDecision.MarkDone when current.State == StepState.Unknown || Done(step):
                    Audit(decision.User, "marked done", step.Name, current.Digest);
                    Put(Finished(
                        current with { WaitingSince = null },
                        StepState.Succeeded,
                        new StepEvidence.Ended { Step = step.Name, Attempt = current.Attempt, Success = true },
                        Said("done", decision)));
                    return (null, true);
                default:
                    continue;
            }
        }

        return null;
    }

    private IReadOnlyList<JudgedDecision>? DecisionsOn(StepStatus current) =>
        _input.Observed.Decisions.LastOrDefault(decisions => decisions.Step == current.Name && decisions.Attempt == current.Attempt)?.All;

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

    private TimeSpan? WaitFor(DateTimeOffset? since, EffectiveApprovals approvals) => Soonest(
        null, (since ?? Now) + approvals.Timeout.Value, _status.StartedAt + Deadline, Later(_input.Observed.AlertSettlesAt));

    private DateTimeOffset? Later(DateTimeOffset? moment) => moment > Now ? moment : null;
}
