using RunbookOperator.Actions;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>A step whose attempt is recorded.</content>
internal sealed partial class PlannerPass
{
    private Decision? Observe(RunbookStep step, StepStatus? running)
    {
        if (running is not { State: StepState.Running } current)
        {
            return null;
        }

        var evidence = _input.Observed.Evidence.LastOrDefault(seen => !seen.IsUndo && seen.Step == step.Name && seen.Attempt == current.Attempt);
        switch (evidence)
        {
            case null:
                return Look(new Request.Observe(step, current));
            case StepEvidence.Ended ended:
                Ended(step, current, ended);
                return null;
            case StepEvidence.Unknown unknown:
                BecomesUnknown(step, current, unknown.Message);
                return null;

            // It was stopped while no operator ran: what was only recorded does not begin now.
            case StepEvidence.NotStarted or StepEvidence.Moved when Halted is { } halt:
                Drop(current, halt, certain: current.Target is null || step.Runbook is not null || evidence is StepEvidence.Moved);
                return null;
            case StepEvidence.NotStarted or StepEvidence.Moved when Desired == DesiredState.Paused:
                return null;
            case StepEvidence.NotStarted when RunHold() is { } hold:
                Keep(current, hold);
                return null;

            // It may have acted before its operator ended, however long ago: the action itself knows, by its precondition.
            case StepEvidence.NotStarted when current.Target is not null:
                return ActAgain(step, current);
            case not null when Now >= current.StartedAt + TimeAllowed(step, evidence):
                TimedOut(step, current, evidence);
                return null;
            case StepEvidence.Ongoing ongoing:
                GoesOn(step, current, ongoing);
                return null;
            case StepEvidence.NotStarted:
                return ActAgain(step, current);
            case StepEvidence.Moved:
                return PrepareAgain(step, current);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void GoesOn(RunbookStep step, StepStatus current, StepEvidence.Ongoing ongoing)
    {
        WakeIn(ongoing.After);
        WakeAt(current.StartedAt + TimeAllowed(step, ongoing));
        if (ongoing.VerifyingSince is { } since)
        {
            _verifying[step.Name] = since;
        }

        if (step.Runbook is not null && Desired == DesiredState.Aborted && !ongoing.Stopping)
        {
            _deeds.Add(new Deed.AbortChild(current));
        }
    }

    // The check of a step comes after its act, in the time of its own. A child run has a deadline of its own, and waits for people in it.
    private TimeSpan? TimeAllowed(RunbookStep step, StepEvidence evidence) =>
        step.Runbook is not null ? null
        : (step.Timeout?.Value ?? Defaults.StepTimeout) + WaitedFor(step)
            + (evidence is StepEvidence.Ongoing { VerifyingSince: not null } ? step.Verify?.Within?.Value ?? Defaults.VerifyWithin : TimeSpan.Zero);

    // How long a step waits is what it does, not what it takes to do it.
    private TimeSpan WaitedFor(RunbookStep step) =>
        step.Uses == Pausing.Action && Pausing.Read(new ActionInputs(step.With).Fill(_variables, out _)) is { } time ? time : TimeSpan.Zero;

    // A Pod that is not there was never made; a typed action may have acted, and to ask it would be to act.
    private void Drop(StepStatus current, Halt halt, bool certain) => Put(certain
        ? Skipped(current with { StartedAt = null, Target = null }, $"{halt.Message}, before it began")
        : current with { State = StepState.Unknown, FinishedAt = Now, Message = Variables.Clean($"{halt.Message}; whether it happened is not known", Limits.Message) });

    // An attempt that an earlier leader recorded and that has not begun: it acts now, under the same id and the same precondition. What it was
    // allowed to do was decided when it was recorded; if the command would be another one by now, nothing acts.
    private Decision? ActAgain(RunbookStep step, StepStatus current)
    {
        if (PreparedFor(step, current.Attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, current.Attempt, _variables, current.Target));
        }

        if (prepared.Problem is { } problem)
        {
            BecomesUnknown(step, current, problem.Message);
        }
        else if (HoldOf(step, prepared) is { } hold)
        {
            Keep(current, hold);
        }
        else if (prepared.Digest == current.Digest)
        {
            _deeds.Add(new Deed.Act(step, current, prepared, Again: true));
        }
        else
        {
            BecomesUnknown(step, current, "what was to be done has changed since it was recorded");
        }

        return null;
    }

    // The precondition of the act no longer holds, so it has not happened and never will: a new one is recorded for the same attempt.
    private Decision? PrepareAgain(RunbookStep step, StepStatus current)
    {
        if (PreparedFor(step, current.Attempt) is not { } prepared)
        {
            return Look(new Request.Prepare(step, current.Attempt, _variables));
        }

        if (prepared.Problem is { } problem)
        {
            Fail(step, problem.Reason, problem.Message, NotDone(step, current));
        }
        else if (HoldOf(step, prepared) is { } hold)
        {
            Hold(current with { Target = null, StartedAt = null }, hold);
        }
        else if (prepared.Digest != current.Digest && !RunsByItself(step, prepared))
        {
            // What was approved is not what would be done now. Nothing has happened, so people look again.
            Await(step, current with { Target = null, StartedAt = null }, prepared, current.Attempt);
        }
        else
        {
            var status = current with { Target = prepared.Target, Undo = prepared.Undo, Rollback = PlannedUndo(current.Rollback, prepared.UndoneBy) };
            Put(status);
            _deeds.Add(new Deed.Act(step, status, prepared));
        }

        return null;
    }

    private static StepEvidence.Ended NotDone(RunbookStep step, StepStatus current) =>
        new() { Step = step.Name, Attempt = current.Attempt, Success = false, NotDone = true };

    private void Ended(RunbookStep step, StepStatus current, StepEvidence.Ended ended)
    {
        if (ended.Output.Secret is { } secret)
        {
            Fail(step, Reasons.SecretInOutput, $"the output {secret} holds a secret", ended);
            return;
        }

        if (!ended.Success)
        {
            if (!IsLeftForNow(step, current, ended))
            {
                Fail(step, Reasons.StepFailed, ended.Message ?? "it failed", ended);
            }

            return;
        }

        // An empty value is none: what uses it says that it is missing, instead of acting on nothing.
        foreach (var (name, value) in ended.Output.Variables.Where(variable => variable.Value.Length > 0))
        {
            _variables[name] = value;
        }

        Put(Finished(current, StepState.Succeeded, ended, IsDryRun ? current.Message : ended.Message));
        Audit(Defaults.Operator, IsDryRun ? "would succeed as far as can be told (dry run)" : "succeeded", step.Name, current.Digest);
    }

    private StepStatus Finished(StepStatus current, string state, StepEvidence.Ended ended, string? message) => current with
    {
        State = state,
        Reason = null,
        FinishedAt = Now,
        WaitingSince = null,
        VerifyingSince = ended.VerifyingSince ?? current.VerifyingSince,
        ExitCode = ended.ExitCode,
        Output = ended.Output.Tail.Length == 0 ? null : ended.Output.Tail,
        Truncated = ended.Output.Truncated ? true : null,
        OutputDigest = ended.Output.Digest,
        Command = Cut(current.Command),

        // What for certain did nothing leaves nothing to undo.
        Target = ended.NotDone ? null : current.Target,
        Rollback = ended.NotDone && current.Rollback?.Origin is null ? null : CutUndo(current.Rollback),
        Message = message is null ? null : Variables.Clean(message, Limits.Message),
    };

    private void Fail(RunbookStep step, string reason, string message, StepEvidence.Ended ended)
    {
        var failed = Finished(Of(step)!, StepState.Failed, ended, message) with { Reason = reason };
        if (MayTryAgain(step, failed, reason, ended))
        {
            TryAgainLater(step, failed, ended.At);
            return;
        }

        Put(failed);
        Audit(Defaults.Operator, $"failed ({reason})", step.Name);
        Tell(failed, new PlannedEvent(true, reason, $"step {step.Name} failed: {message}"));
    }

    // Of a failure that ends the run its end tells, unless something else still runs.
    private void Tell(StepStatus failed, PlannedEvent told) => (EndsTheRun(failed) ? _failures : _events).Add(told);

    private void TimedOut(RunbookStep step, StepStatus current, StepEvidence evidence)
    {
        var message = $"took longer than {Duration.Of(TimeAllowed(step, evidence) ?? TimeSpan.Zero)}";
        var ongoing = evidence as StepEvidence.Ongoing;
        var (since, awaited) = (ongoing?.VerifyingSince, ongoing?.Message is { Length: > 0 } last ? $": {last}" : "");
        if (evidence is not StepEvidence.Ongoing || current.Pod is null)
        {
            Fail(step, Reasons.StepTimedOut, message + awaited, NotDone(step, current) with { NotDone = evidence is StepEvidence.NotStarted, VerifyingSince = since });
            return;
        }

        // What is already done is stored first: if the operator ends here, the pod's own deadline stops it.
        Fail(step, Reasons.StepTimedOut, message + " and was stopped" + awaited, NotDone(step, current) with { NotDone = false, VerifyingSince = since });
        _deeds.Add(new Deed.StopPod(current));
    }

    private void BecomesUnknown(RunbookStep step, StepStatus current, string message)
    {
        Put(current with
        {
            State = StepState.Unknown,
            WaitingSince = Now,
            Message = Variables.Clean(
                $"{message}; look what happened, then: kubectl runbook retry|skip|done {_input.Execution.Metadata.Name} {step.Name}", Limits.Message),
        });
        _events.Add(new PlannedEvent(true, Reasons.StepUnknown, $"step {step.Name}: {message}"));
        Audit(Defaults.Operator, "is of unknown outcome", step.Name, current.Digest);
    }
}
