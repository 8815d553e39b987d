using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>A step whose attempt is recorded.</content>
internal sealed partial class PlannerPass
{
    private Decision? Running(RunbookStep step, StepStatus current)
    {
        var evidence = _input.Observed.Evidence.LastOrDefault(seen => seen.Step == step.Name && seen.Attempt == current.Attempt);
        return evidence switch
        {
            null => Look(new Request.Observe(step, current)),
            StepEvidence.Ended ended => Ended(step, current, ended),
            StepEvidence.Unknown unknown => BecomesUnknown(step, current, unknown.Message),

            // A person stopped the run while no operator ran: what was only recorded does not begin now.
            StepEvidence.NotStarted when Desired == DesiredState.Aborted => AbortRecorded(step, current),
            StepEvidence.NotStarted when Desired == DesiredState.Paused => Pause(),
            StepEvidence.NotStarted when RunHold() is { } hold => Keep(current, hold),

            // It may have acted before its operator ended, however long ago: the action itself knows, by its precondition.
            StepEvidence.NotStarted when current.Target is not null => ActAgain(step, current),
            _ when Now >= current.StartedAt + TimeAllowed(step) => TimedOut(step, current, evidence),
            StepEvidence.Ongoing ongoing => Store(new Request.Wait(Soonest(ongoing.After, current.StartedAt + TimeAllowed(step), _status.StartedAt + Deadline))),
            StepEvidence.NotStarted => ActAgain(step, current),
            StepEvidence.Moved => PrepareAgain(step, current),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // The check of a step comes after its act, in the time of its own.
    private static TimeSpan TimeAllowed(RunbookStep step) =>
        (step.Timeout?.Value ?? Defaults.StepTimeout) + (step.Verify is null ? TimeSpan.Zero : step.Verify.Within?.Value ?? Defaults.VerifyWithin);

    // A Pod that is not there was never made; a typed action may have acted, and to ask it would be to act.
    private Decision AbortRecorded(RunbookStep step, StepStatus current)
    {
        Put(current.Target is null
            ? Skipped(step, current, "a person ended the run before it began")
            : current with { State = StepState.Unknown, FinishedAt = Now, Message = "a person ended the run; whether it happened is not known" });
        return End(ExecutionPhase.Aborted, Reasons.Aborted, "a person ended the run");
    }

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
            return BecomesUnknown(step, current, problem.Message);
        }

        if (HoldOf(step, prepared) is { } hold)
        {
            return Keep(current, hold);
        }

        return prepared.Digest == current.Digest
            ? Store(new Request.Act(step, current, prepared))
            : BecomesUnknown(step, current, "what was to be done has changed since it was recorded");
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
            return Fail(step, problem.Reason, problem.Message, NotDone(step, current));
        }

        if (HoldOf(step, prepared) is { } hold)
        {
            return Hold(current with { Target = null, StartedAt = null }, hold);
        }

        // What was approved is not what would be done now. Nothing has happened, so people look again.
        if (prepared.Digest != current.Digest && !RunsByItself(step, prepared))
        {
            return Await(step, current with { Target = null, StartedAt = null }, prepared, current.Attempt);
        }

        var status = current with { Target = prepared.Target, Undo = prepared.Undo };
        Put(status);
        return Store(new Request.Act(step, status, prepared));
    }

    private static StepEvidence.Ended NotDone(RunbookStep step, StepStatus current) =>
        new() { Step = step.Name, Attempt = current.Attempt, Success = false };

    private Decision? Ended(RunbookStep step, StepStatus current, StepEvidence.Ended ended)
    {
        if (ended.Output.Secret is { } secret)
        {
            return Fail(step, Reasons.SecretInOutput, $"the output {secret} holds a secret", ended);
        }

        if (!ended.Success)
        {
            return Fail(step, Reasons.StepFailed, ended.Message ?? "it failed", ended);
        }

        // An empty value is none: what uses it says that it is missing, instead of acting on nothing.
        foreach (var (name, value) in ended.Output.Variables.Where(variable => variable.Value.Length > 0))
        {
            _variables[name] = value;
        }

        Put(Finished(current, StepState.Succeeded, ended, ended.Message));
        Audit(Defaults.Operator, "succeeded", step.Name, current.Digest);
        return null;
    }

    private StepStatus Finished(StepStatus current, string state, StepEvidence.Ended ended, string? message) => current with
    {
        State = state,
        FinishedAt = Now,
        ExitCode = ended.ExitCode,
        Output = ended.Output.Tail.Length == 0 ? null : ended.Output.Tail,
        Truncated = ended.Output.Truncated ? true : null,
        OutputDigest = ended.Output.Digest,
        Command = Cut(current.Command),
        Message = message is null ? null : Variables.Clean(message, Limits.Message),
    };

    private Decision? Fail(RunbookStep step, string reason, string message, StepEvidence.Ended ended)
    {
        Put(Finished(Of(step)!, StepState.Failed, ended, message));
        Audit(Defaults.Operator, $"failed ({reason})", step.Name);
        var sentence = $"step {step.Name} failed: {message}";
        if (step.OnFailure == OnFailure.Continue && Desired != DesiredState.Aborted)
        {
            _events.Add(new PlannedEvent(true, reason, sentence));
            return null;
        }

        return End(ExecutionPhase.Failed, reason, sentence);
    }

    private Decision? TimedOut(RunbookStep step, StepStatus current, StepEvidence evidence)
    {
        var message = $"took longer than {Duration.Of(TimeAllowed(step))}";
        if (evidence is StepEvidence.Ongoing && current.Pod is not null)
        {
            // What is already done is stored first: if the operator ends here, the pod's own deadline stops it.
            var decision = Fail(step, Reasons.StepTimedOut, message + " and was stopped", NotDone(step, current));
            return decision is null ? Store(new Request.StopPod(current)) : decision with { Request = new Request.StopPod(current) };
        }

        return Fail(step, Reasons.StepTimedOut, message, NotDone(step, current));
    }

    private Decision BecomesUnknown(RunbookStep step, StepStatus current, string message)
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
        return Store(new Request.Wait(WaitFor(Now, ApprovalsOf(current))));
    }

    private TimeSpan? Soonest(TimeSpan? after, params DateTimeOffset?[] moments)
    {
        foreach (var moment in moments)
        {
            if (moment - Now is { } left && (after is null || left < after))
            {
                after = left;
            }
        }

        return after < TimeSpan.Zero ? TimeSpan.Zero : after;
    }
}
