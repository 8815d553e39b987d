using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>Runs commands as Pods: makes them, watches them, reads what they said, removes them.</summary>
internal sealed class PodRunner(IKubernetesClient client, ExecutionOptions options, TimeProvider time, Action<NamespacedName> wake)
{
    private readonly ConcurrentDictionary<NamespacedName, bool> _watched = new();
    private readonly ConcurrentDictionary<NamespacedName, bool> _seen = new();
    private readonly ConcurrentDictionary<NamespacedName, string> _refused = new();
    private readonly ConcurrentDictionary<NamespacedName, string> _givenUp = new();
    private readonly PodLogs _logs = new(client, options, time);

    /// <summary>Makes the Pod of an attempt. One that is there already is that same attempt's.</summary>
    public async Task StartAsync(RunbookExecution execution, RunbookStep step, PreparedStep prepared, string attemptId, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(StepPod.Of(execution, step, prepared, attemptId), cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // An earlier leader made it, or this one did and never heard the answer.
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            // A clear no: nothing runs, and nothing will.
            _refused[new NamespacedName(execution.Metadata.Namespace!, attemptId)] =
                exception.Message + await LetIn.HintAsync(client, execution.Metadata.Namespace!, prepared.ServiceAccount, exception, cancellationToken);
            return;
        }

        _seen[new NamespacedName(execution.Metadata.Namespace!, attemptId)] = true;
    }

    /// <summary>What became of the attempt.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="step">The step, or what undoes it.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="isUndo">Whether it is an attempt of the step's undo.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StepEvidence> ObserveAsync(
        RunbookExecution execution, RunbookStep step, StepStatus status, bool isUndo, CancellationToken cancellationToken) =>
        await ObserveAsync(execution, step, status, AttemptId.Of(execution, step.Name, status.Attempt, isUndo), cancellationToken) with { IsUndo = isUndo };

    private async Task<StepEvidence> ObserveAsync(RunbookExecution execution, RunbookStep step, StepStatus status, string id, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(execution.Metadata.Namespace!, id);
        var pod = await client.FindAsync<Pod>(name, cancellationToken);
        if (pod is null && _refused.TryGetValue(name, out var refusal))
        {
            return new StepEvidence.Ended { Step = step.Name, Attempt = status.Attempt, Success = false, NotDone = true, Message = $"its pod was refused: {options.Redactor.Redact(refusal)}" };
        }

        if (pod is null)
        {
            return Gone(name, step, status);
        }

        _seen[name] = true;
        return OwnerReferences.FindController(pod.Metadata)?.Uid == execution.Metadata.Uid
            ? await ObserveAsync(execution, pod, step, status, cancellationToken)
            : new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = $"a pod named {name.Name} is there that this run did not make" };
    }

    private StepEvidence Gone(NamespacedName name, RunbookStep step, StepStatus status)
    {
        if (_givenUp.TryGetValue(name, out var why))
        {
            return NotRun(step, status, why);
        }

        if (!_seen.ContainsKey(name))
        {
            return new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt };
        }

        var last = _logs.LastOf(name)?.Tail.TrimEnd().Split('\n')[^1];
        var words = string.IsNullOrWhiteSpace(last) ? "" : $"; the last that was heard of it: {Variables.Clean(last, Limits.Line)}";
        return new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = "its pod vanished before its exit code was read" + words };
    }

    private async Task<StepEvidence> ObserveAsync(RunbookExecution execution, Pod pod, RunbookStep step, StepStatus status, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        switch (PodObservation.Of(pod))
        {
            case PodObservation.Ended ended:
                var (text, lost) = await ReadAsync(pod, step, ended, cancellationToken);
                var success = (step.SucceedsOn ?? [0]).Contains(ended.ExitCode);
                if (!success && pod.Metadata.DeletionTimestamp is not null && execution.Spec.DesiredState == DesiredState.Aborted)
                {
                    // A person who ends a run at once deletes what runs: the exit code is the signal's and says nothing of what was done.
                    return new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = "its pod was deleted while its command ran" };
                }

                var message = success ? null : $"exit code {ended.ExitCode}" + (ended.Message is null ? "" : $", {ended.Message}");
                return new StepEvidence.Ended
                {
                    Step = step.Name,
                    Attempt = status.Attempt,
                    Success = success,
                    ExitCode = ended.ExitCode,
                    At = ended.At,
                    Message = lost ? string.Join("; ", new[] { message, "its log could not be read" }.OfType<string>()) : message,
                    Output = text,
                };
            case PodObservation.NeverBegan never:
                return NotRun(step, status, never.Message);
            case PodObservation.Lost lostPod:
                return new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = lostPod.Message };
            case PodObservation.Ongoing ongoing:
                return await WaitAsync(execution, pod, step, status, ongoing, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException(name.ToString());
        }
    }

    private async Task<StepEvidence> WaitAsync(
        RunbookExecution execution, Pod pod, RunbookStep step, StepStatus status, PodObservation.Ongoing ongoing, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        if (ongoing.Runs)
        {
            _logs.Follow(pod, step.Outputs);
        }
        else if (await GiveUpAsync(pod, status, ongoing, cancellationToken) is { } why)
        {
            return NotRun(step, status, why);
        }

        Watch(pod, step, new NamespacedName(name.Namespace, execution.Metadata.Name!));
        return new StepEvidence.Ongoing { Step = step.Name, Attempt = status.Attempt, Message = options.Redactor.Redact(ongoing.Message), After = options.PodPoll };
    }

    // A command that cannot begin. Its Pod is taken away first; a Pod that stays until its end was read says itself that nothing of it runs.
    private async Task<string?> GiveUpAsync(Pod pod, StepStatus status, PodObservation.Ongoing ongoing, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        if (!_givenUp.ContainsKey(name) && !(time.GetUtcNow() - status.StartedAt >= ongoing.Patience))
        {
            return null;
        }

        var why = _givenUp.GetOrAdd(name, options.Redactor.Redact(ongoing.Message));
        if (pod.Metadata.DeletionTimestamp is null)
        {
            await DeleteAsync(name, new DeleteOptions { Uid = pod.Metadata.Uid }, cancellationToken);
        }

        return !Finalizers.Contains(pod, StepPod.Finalizer) || await NothingRunsAsync(name, cancellationToken) ? why : null;
    }

    // A node that has ended all of a Pod, or never had it, leaves it no time any more: pkg/kubelet/status, and the Pods' own strategy in the
    // API server.
    private async Task<bool> NothingRunsAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = (await client.GetAsync(Pod.Definition, name, cancellationToken))["metadata"];
            return metadata?["deletionTimestamp"] is not null && metadata["deletionGracePeriodSeconds"] is JsonValue left && left.TryGetValue<long>(out var seconds) && seconds == 0;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return true;
        }
    }

    private static StepEvidence.Ended NotRun(RunbookStep step, StepStatus status, string why) =>
        new() { Step = step.Name, Attempt = status.Attempt, Success = false, NotDone = true, Message = $"the command was not run: {why}" };

    /// <summary>Ends the command of a step that took too long.</summary>
    public Task StopAsync(RunbookExecution execution, string pod, CancellationToken cancellationToken) =>
        StopAsync(execution.Metadata.Namespace!, pod, cancellationToken);

    /// <summary>Lets go of a Pod whose end is recorded; it stays until the run is long over, so that a late second create still meets it.</summary>
    public async Task ReleaseAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        if (await client.FindAsync<Pod>(name, cancellationToken) is { } pod && Finalizers.Contains(pod, StepPod.Finalizer))
        {
            await client.PatchAsync<Pod>(name, Finalizers.Removing(pod, StepPod.Finalizer), cancellationToken);
        }
    }

    /// <summary>Removes all Pods of a run that is over.</summary>
    public async Task RemoveAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        foreach (var pod in (execution.Status?.Steps ?? []).SelectMany(step => PodsOf(execution, step)))
        {
            await StopAsync(execution, pod, cancellationToken);
            var name = new NamespacedName(execution.Metadata.Namespace!, pod);
            _seen.TryRemove(name, out _);
            _refused.TryRemove(name, out _);
            _givenUp.TryRemove(name, out _);
            _logs.Forget(name);
        }
    }

    // Each attempt had one.
    private static IEnumerable<string> PodsOf(RunbookExecution execution, StepStatus step) =>
        Enumerable.Range(1, step.Pod is null ? 0 : step.Attempt).Select(attempt => AttemptId.Of(execution, step.Name, attempt))
            .Concat(Enumerable.Range(1, step.Rollback?.Pod is null ? 0 : step.Rollback.Attempt).Select(attempt => AttemptId.Of(execution, step.Name, attempt, isUndo: true)));

    /// <summary>Lets go of the Pods of a run that was deleted.</summary>
    public async Task ReleaseOrphansAsync(NamespacedName execution, CancellationToken cancellationToken)
    {
        if (execution.Name.Length > Limits.Label)
        {
            return;
        }

        var selector = new ListOptions { LabelSelector = $"{Names.ExecutionLabel}={execution.Name}" };
        try
        {
            foreach (var pod in await client.ListAllAsync<Pod>(execution.Namespace, selector, cancellationToken))
            {
                await StopAsync(execution.Namespace, pod.Metadata.Name!, cancellationToken);
            }
        }
        catch (ApiException exception) when (exception.IsForbidden)
        {
            // It does not let the operator in, or no longer: a Pod that a deleted namespace left behind is let go of by hand, see
            // docs/operations.md.
        }
    }

    private async Task StopAsync(string ns, string pod, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(ns, pod);
        await ReleaseAsync(name, cancellationToken);
        await DeleteAsync(name, null, cancellationToken);
    }

    private async Task DeleteAsync(NamespacedName name, DeleteOptions? condition, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync<Pod>(name, condition, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // Somebody was faster.
        }
    }

    private async Task<(StepText Text, bool Lost)> ReadAsync(Pod pod, RunbookStep step, PodObservation.Ended ended, CancellationToken cancellationToken)
    {
        try
        {
            return (await _logs.ReadAsync(pod, step.Outputs, cancellationToken), false);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException && !(time.GetUtcNow() <= ended.At + options.LogPatience))
        {
            // The exit code is known and the log is not to be had any more, as when the node is gone. A run must end all the same.
            return (_logs.LastOf(NamespacedName.Of(pod)) ?? StepText.Empty, true);
        }
    }

    // One watch per running Pod, for as long as the operator may only look into namespaces that let it in.
    private void Watch(Pod pod, RunbookStep step, NamespacedName execution)
    {
        if (_watched.TryAdd(NamespacedName.Of(pod), true))
        {
            _ = Task.Run(() => FollowAsync(pod, step, execution));
        }
    }

    private async Task FollowAsync(Pod pod, RunbookStep step, NamespacedName execution)
    {
        try
        {
            var watch = new WatchOptions { ResourceVersion = pod.Metadata.ResourceVersion, FieldSelector = $"metadata.name={pod.Metadata.Name}", Timeout = TimeSpan.FromMinutes(5) };
            await foreach (var change in client.WatchAsync<Pod>(pod.Metadata.Namespace!, watch, options.Stopping))
            {
                if (change.Type == WatchEventType.Deleted || change.Object is not { } seen)
                {
                    break;
                }

                if (PodObservation.Of(seen) is not PodObservation.Ongoing now)
                {
                    break;
                }

                if (now.Runs)
                {
                    _logs.Follow(seen, step.Outputs);
                }
            }
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // The poll of the reconciler goes on without it.
        }
        finally
        {
            _watched.TryRemove(NamespacedName.Of(pod), out _);
            wake(execution);
        }
    }
}
