using System.Collections.Concurrent;
using System.Text.Json;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Runs typed actions and checks. Remembers what came of an attempt until its run has recorded it; after a restart the action itself
/// finds out, because it acts under the same id and the same precondition.</summary>
internal sealed class TypedRunner(ActionCatalog actions, StepPreparer preparer, ExecutionOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StepEvidence> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (StepEvidence Result, DateTimeOffset At)> _due = new(StringComparer.Ordinal);

    /// <summary>Acts, and remembers what came of it.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="step">The step, or what undoes it.</param>
    /// <param name="status">The attempt, as it was recorded.</param>
    /// <param name="direction">Which way the attempt goes.</param>
    /// <param name="variables">The values.</param>
    /// <param name="again">Whether the attempt was found recorded: an earlier process may have acted.</param>
    /// <param name="cancellationToken">Ends the act; what was sent may have happened.</param>
    public async Task ActAsync(
        RunbookExecution execution,
        RunbookStep step,
        StepStatus status,
        StepDirection direction,
        IReadOnlyDictionary<string, string> variables,
        bool again,
        CancellationToken cancellationToken)
    {
        var id = IdOf(execution, step, status, direction);
        _due.TryRemove(id, out _);
        _known.TryRemove(id, out _);
        var inputs = new ActionInputs(step.With).Fill(variables, out var missing);
        if (missing is not null)
        {
            Remember(id, Evidence(step, status, direction, new ActionOutcome.Failed($"the variable {missing} has no value")));
            return;
        }

        var target = status.Target is null ? null : status.Target.Deserialize<ActionTarget>(KubernetesJson.Options);
        var context = preparer.Context(execution, status.ServiceAccount ?? "", inputs, id) with { Since = status.StartedAt, MayHaveActed = again };
        var action = actions.Find(step.Uses)!;
        var outcome = await OutcomeAsync(
            execution,
            status.ServiceAccount ?? "",
            () => direction == StepDirection.Inverse ? action.UndoAsync(context, target!, cancellationToken) : action.ActAsync(context, target, cancellationToken),
            cancellationToken);
        Remember(id, Evidence(step, status, direction, outcome));
    }

    /// <summary>What became of the attempt, or null if this process does not know.</summary>
    public async Task<StepEvidence?> ObserveAsync(
        RunbookExecution execution,
        RunbookStep step,
        StepStatus status,
        StepDirection direction,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken)
    {
        var id = IdOf(execution, step, status, direction);
        if (_due.TryGetValue(id, out var pending))
        {
            if (time.GetUtcNow() < pending.At)
            {
                return ((StepEvidence.Ongoing)pending.Result) with { After = pending.At - time.GetUtcNow() };
            }

            await ActAsync(execution, step, status, direction, variables, again: false, cancellationToken);
            return await LatestAsync(id);
        }

        return _known.GetValueOrDefault(id);
    }

    /// <summary>Whether what an attempt did holds: asks the step's check until it does, or until its time is over.</summary>
    public async Task<StepEvidence> VerifyAsync(
        RunbookExecution execution, RunbookStep step, StepStatus status, StepEvidence.Ended done, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var verify = step.Verify!;
        var id = AttemptId.Of(execution, step.Name, done.Attempt) + "/verify";
        if (_known.GetValueOrDefault(id) is StepEvidence.Ended known)
        {
            return known;
        }

        // The time of the check runs from the end of the act: as the Pod says it, as it is recorded, or else from when this process first asked.
        // The step's own time bounds all of them.
        var since = done.At ?? status.VerifyingSince ?? _due.GetOrAdd(id, _ => (done, time.GetUtcNow())).At;
        done = done with { VerifyingSince = since };
        var inputs = new ActionInputs(verify.With).Fill(variables, out var missing);
        var outcome = missing is not null
            ? new ActionOutcome.Failed($"the variable {missing} has no value")
            : actions.Find(verify.Uses) is { } action
                ? await OutcomeAsync(execution, Names.Reader, () => action.ActAsync(
                    preparer.Context(execution, Names.Reader, inputs, AttemptId.Of(execution, step.Name, done.Attempt)), null, cancellationToken), cancellationToken)
                : new ActionOutcome.Failed($"there is no action {verify.Uses}");
        if (outcome is ActionOutcome.Succeeded)
        {
            _known[id] = done;
            return done;
        }

        var message = outcome switch
        {
            ActionOutcome.Pending pending => pending.Message,
            ActionOutcome.Failed failed => failed.Message,
            _ => "it could not be checked",
        };
        var within = verify.Within?.Value ?? Defaults.VerifyWithin;
        return time.GetUtcNow() - since >= within
            ? done with { Success = false, At = since + within, Message = $"done, but not verified within {Duration.Of(within)}: {message}" }
            : new StepEvidence.Ongoing { Step = step.Name, Attempt = done.Attempt, Message = message, VerifyingSince = since, After = outcome is ActionOutcome.Pending { After: var after } ? after : VerifyAgain };
    }

    /// <summary>Forgets a run that is over.</summary>
    public void Forget(RunbookExecution execution)
    {
        foreach (var step in execution.Status?.Steps ?? [])
        {
            var ids = Enumerable.Range(1, step.Attempt).Select(attempt => AttemptId.Of(execution, step.Name, attempt))
                .Concat(Enumerable.Range(1, step.Rollback?.Attempt ?? 0).Select(attempt => AttemptId.Of(execution, step.Name, attempt, isUndo: true)));
            foreach (var id in ids)
            {
                _known.TryRemove(id, out _);
                _due.TryRemove(id, out _);
                _known.TryRemove(id + "/verify", out _);
                _due.TryRemove(id + "/verify", out _);
            }
        }
    }

    private static readonly TimeSpan VerifyAgain = TimeSpan.FromSeconds(2);

    private Task<StepEvidence?> LatestAsync(string id) =>
        Task.FromResult(_known.GetValueOrDefault(id) ?? (_due.TryGetValue(id, out var pending) ? pending.Result : null));

    private void Remember(string id, StepEvidence evidence)
    {
        if (evidence is StepEvidence.Ongoing { After: { } after })
        {
            _due[id] = (evidence, time.GetUtcNow() + after);
        }
        else
        {
            _known[id] = evidence;
        }
    }

    private static string IdOf(RunbookExecution execution, RunbookStep step, StepStatus status, StepDirection direction) =>
        AttemptId.Of(execution, step.Name, status.Attempt, direction != StepDirection.Forward);

    private async Task<ActionOutcome> OutcomeAsync(RunbookExecution execution, string account, Func<Task<ActionOutcome>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (ActionException exception)
        {
            return new ActionOutcome.Failed(exception.Message);
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            return new ActionOutcome.Failed(await preparer.ExplainAsync(execution, account, exception, cancellationToken));
        }
    }

    private StepEvidence Evidence(RunbookStep step, StepStatus status, StepDirection direction, ActionOutcome outcome) =>
        Evidence(step, status, outcome) with { IsUndo = direction != StepDirection.Forward };

    private StepEvidence Evidence(RunbookStep step, StepStatus status, ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Succeeded done => new StepEvidence.Ended
        {
            Step = step.Name,
            Attempt = status.Attempt,
            Success = true,
            Output = OutputReader.Read(done.Output, false, step.Outputs, options.Redactor),
        },
        ActionOutcome.Failed failed => new StepEvidence.Ended
        {
            Step = step.Name,
            Attempt = status.Attempt,
            Success = false,
            NotDone = true,
            At = time.GetUtcNow(),
            Message = options.Redactor.Redact(failed.Message),
            Output = failed.Output is null ? StepText.Empty : OutputReader.Read(failed.Output, false, null, options.Redactor),
        },
        ActionOutcome.Pending pending => new StepEvidence.Ongoing { Step = step.Name, Attempt = status.Attempt, Message = pending.Message, After = pending.After },
        ActionOutcome.Moved => new StepEvidence.Moved { Step = step.Name, Attempt = status.Attempt },
        ActionOutcome.Unknown unknown => new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = unknown.Message },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
