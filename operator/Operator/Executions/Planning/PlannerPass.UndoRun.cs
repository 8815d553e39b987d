using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>The undo of a step whose attempt is recorded, and one that did not get on.</content>
internal sealed partial class PlannerPass
{
    private static readonly ApprovalDecision[] OnStuckUndo =
        [ApprovalDecision.Retry, ApprovalDecision.MarkDone, ApprovalDecision.Skip, ApprovalDecision.Reject];

    private Decision? UndoRunning(StepStatus current, UndoStep undo)
    {
        var running = current.Rollback!;
        var evidence = _input.Observed.Evidence.LastOrDefault(seen => seen.IsUndo && seen.Step == current.Name && seen.Attempt == running.Attempt);
        var end = running.StartedAt + (undo.Step.Timeout?.Value ?? Defaults.StepTimeout);
        return evidence switch
        {
            null => Look(new Request.Observe(undo.Step, current.AsUndo()!) { Direction = undo.Direction }),
            StepEvidence.Ended { Success: true } ended => Undone(current, ended),
            StepEvidence.Ended ended => UndoSticks(current with { Rollback = FinishedUndo(running, ended) }, StepState.Failed, ended.Message ?? "it failed"),
            StepEvidence.Unknown unknown => UndoSticks(current, StepState.Unknown, unknown.Message),
            StepEvidence.NotStarted when Desired == DesiredState.Aborted => AbortRecordedUndo(current),
            StepEvidence.NotStarted when Desired == DesiredState.Paused => Rest(),
            StepEvidence.NotStarted when RunHold() is { } hold => KeepUndo(current, hold),
            StepEvidence.NotStarted => UndoActsAgain(current, undo),

            // It has not acted and never will with what it saw: it is looked at anew, and asked about if the world has moved.
            StepEvidence.Moved => UndoAnew(current),
            StepEvidence.Ongoing when Now >= end => UndoTimedOut(current, undo),
            StepEvidence.Ongoing ongoing => UndoGoesOn(ongoing, end),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Decision? Undone(StepStatus current, StepEvidence.Ended ended)
    {
        Put(current with { State = StepState.RolledBack, Rollback = FinishedUndo(current.Rollback!, ended) with { State = StepState.Succeeded } });
        Audit(Defaults.Operator, "undone", current.Name, current.Rollback!.Digest);
        return null;
    }

    private Decision? UndoAnew(StepStatus current)
    {
        Put(current with { Rollback = current.Rollback! with { State = StepState.Pending, Target = null, StartedAt = null } });
        return null;
    }

    // What it was allowed to do was decided when it was recorded; if it would be something else by now, nothing acts.
    private Decision? UndoActsAgain(StepStatus current, UndoStep undo)
    {
        var running = current.Rollback!;
        if (UndoPrepared(current, running.Attempt) is not { } prepared)
        {
            return LookAtUndo(undo, running.Attempt, running.Target);
        }

        return prepared.Problem is { } problem ? UndoSticks(current, StepState.Unknown, problem.Message)
            : PolicyHold.Of(prepared.Policy, prepared.Risk, byHand: false, Now, isUndo: true) is { } hold ? KeepUndo(current, hold)
            : prepared.Digest == running.Digest ? Do(new Deed.Act(undo.Step, current.AsUndo()!, prepared, Again: true) { Direction = undo.Direction })
            : UndoSticks(current, StepState.Unknown, "what was to be done has changed since it was recorded");
    }

    private Decision AbortRecordedUndo(StepStatus current)
    {
        var running = current.Rollback!;
        Put(current with
        {
            Rollback = running.Target is null
                ? running with { State = StepState.Skipped, FinishedAt = Now, Message = "a person ended the run before it began" }
                : running with { State = StepState.Unknown, FinishedAt = Now, Message = "a person ended the run; whether it happened is not known" },
        });
        return End(ExecutionPhase.Aborted, Reasons.Aborted, "a person ended the run while it went back");
    }

    private Decision UndoTimedOut(StepStatus current, UndoStep undo)
    {
        var view = current.AsUndo()!;
        if (view.Pod is not null)
        {
            _deeds.Add(new Deed.StopPod(view));
        }

        var time = Duration.Of(undo.Step.Timeout?.Value ?? Defaults.StepTimeout);
        return UndoSticks(current, StepState.Failed, $"took longer than {time}" + (view.Pod is null ? "" : " and was stopped"));
    }

    private Decision UndoGoesOn(StepEvidence.Ongoing ongoing, DateTimeOffset? end)
    {
        WakeIn(ongoing.After);
        WakeAt(end);
        return Rest();
    }

    /// <summary>It failed, or nobody knows whether it happened: a person looks.</summary>
    private Decision UndoSticks(StepStatus current, string state, string message)
    {
        var reason = state == StepState.Failed ? Reasons.UndoFailed : Reasons.UndoUnknown;
        var hint = $"look what happened, then: kubectl runbook retry|skip|done {_input.Execution.Metadata.Name} {current.Name}";
        Put(current with
        {
            Rollback = current.Rollback! with
            {
                State = state, WaitingSince = Now, FinishedAt = Now, Message = Variables.Clean($"{(state == StepState.Failed ? "failed" : "may have happened")}: {message}; {hint}", Limits.Message),
            },
        });
        _events.Add(new PlannedEvent(true, reason, $"the undo of step {current.Name}: {message}"));
        Audit(Defaults.Operator, state == StepState.Failed ? "its undo failed" : "its undo is of unknown outcome", current.Name, current.Rollback!.Digest);
        return RestForApprovals(Now, UndoApprovals(current));
    }

    private Decision? UndoStuck(StepStatus current, UndoStep undo)
    {
        if (Desired == DesiredState.Aborted)
        {
            return End(ExecutionPhase.Aborted, Reasons.Aborted, $"a person ended the run; the undo of step {current.Name} is {current.Rollback!.State}");
        }

        var stuck = current.Rollback!;
        if (UndoPrepared(current, stuck.Attempt) is not { } prepared)
        {
            return LookAtUndo(undo, stuck.Attempt);
        }

        if (UndoDecisionsOn(current) is not { } decisions)
        {
            return Look(new Request.ReadDecisions(undo.Step, current.AsUndo()!, prepared, OnStuckUndo));
        }

        var known = current with { Rollback = stuck with { Digest = prepared.Digest, Risk = prepared.Risk.ToText(), Approvals = Copies(decisions) } };
        Put(known);
        if (decisions.FirstOrDefault(decision => decision.Counts && decision.Decision == ApprovalDecision.Retry) is { } retry)
        {
            Audit(retry.User, "said to try its undo again", current.Name, stuck.Digest);
            Put(known with
            {
                Rollback = known.Rollback with { State = StepState.Pending, Attempt = stuck.Attempt + 1, WaitingSince = null, Target = null, Pod = null, StartedAt = null, FinishedAt = null, Approvals = null },
            });
            return null;
        }

        if (UndoDecided(known, decisions) is { } settled)
        {
            return settled.Decision;
        }

        var approvals = ApprovalsOf(prepared);
        return Now >= stuck.WaitingSince + approvals.Timeout.Value
            ? End(ExecutionPhase.Failed, Reasons.ApprovalTimedOut, $"the undo of step {current.Name} is {stuck.State}, and nobody decided")
            : RestForApprovals(stuck.WaitingSince, approvals);
    }

    /// <summary>Decisions that settle the undo at once: the first person to say no, to skip, or that it is done.</summary>
    private (Decision? Decision, bool Settled)? UndoDecided(StepStatus current, IReadOnlyList<JudgedDecision> decisions)
    {
        var undo = current.Rollback!;
        foreach (var decision in decisions.Where(decision => decision.Counts).OrderBy(decision => decision.At).ThenBy(decision => decision.Name, StringComparer.Ordinal))
        {
            switch (decision.Decision)
            {
                case ApprovalDecision.Reject:
                    Audit(decision.User, "rejected its undo", current.Name, undo.Digest);
                    Put(current with { Rollback = undo with { State = StepState.Skipped, FinishedAt = Now, WaitingSince = null, Message = Said("rejected", decision) } });
                    return (End(ExecutionPhase.Failed, Reasons.Rejected, $"the undo of step {current.Name} was rejected by {decision.User}"), true);
                case ApprovalDecision.Skip:
                    Audit(decision.User, "skipped its undo", current.Name, undo.Digest);
                    Put(current with { Rollback = undo with { State = StepState.Skipped, FinishedAt = Now, WaitingSince = null, Message = Said("skipped", decision) } });
                    return (null, true);
                case ApprovalDecision.MarkDone:
                    Audit(decision.User, "marked its undo done", current.Name, undo.Digest);
                    Put(current with
                    {
                        State = StepState.RolledBack,
                        Rollback = undo with { State = StepState.Succeeded, FinishedAt = Now, WaitingSince = null, Message = Said("undone", decision) },
                    });
                    return (null, true);
                default:
                    continue;
            }
        }

        return null;
    }

    private StepUndoStatus FinishedUndo(StepUndoStatus undo, StepEvidence.Ended ended) => undo with
    {
        FinishedAt = Now,
        ExitCode = ended.ExitCode,
        Output = ended.Output.Tail.Length == 0 ? null : ended.Output.Tail,
        Truncated = ended.Output.Truncated ? true : null,
        OutputDigest = ended.Output.Digest,
        Command = Cut(undo.Command),
        Message = ended.Message is null ? null : Variables.Clean(ended.Message, Limits.Message),
    };

    private EffectiveApprovals UndoApprovals(StepStatus current)
    {
        _ = RiskLevels.TryParse(current.Rollback?.Risk, out var risk);
        return _input.Policy.Approvals(risk);
    }
}
