using System.Collections.Concurrent;
using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>Runs commands as Pods: makes them, watches them, reads what they said, removes them.</summary>
internal sealed class PodRunner(IKubernetesClient client, ExecutionOptions options, TimeProvider time, Action<NamespacedName> wake)
{
    private static readonly SemaphoreSlim Reading = new(1, 1);

    private readonly ConcurrentDictionary<NamespacedName, bool> _watched = new();
    private readonly ConcurrentDictionary<NamespacedName, bool> _seen = new();
    private readonly ConcurrentDictionary<NamespacedName, string> _refused = new();
    private readonly ConcurrentDictionary<NamespacedName, StepText> _read = new();

    /// <summary>Makes the Pod of an attempt. One that is there already is that same attempt's.</summary>
    public async Task StartAsync(RunbookExecution execution, RunbookStep step, PreparedStep prepared, string attemptId, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(StepPod.Of(execution, step, prepared, attemptId, options.StepImage), cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // An earlier leader made it, or this one did and never heard the answer.
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            // A clear no: nothing runs, and nothing will.
            _refused[new NamespacedName(execution.Metadata.Namespace!, attemptId)] = exception.Message;
            return;
        }

        _seen[new NamespacedName(execution.Metadata.Namespace!, attemptId)] = true;
    }

    /// <summary>What became of the attempt.</summary>
    public async Task<StepEvidence> ObserveAsync(RunbookExecution execution, RunbookStep step, StepStatus status, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(execution.Metadata.Namespace!, AttemptId.Of(execution, step.Name, status.Attempt));
        var pod = await client.FindAsync<Pod>(name, cancellationToken);
        if (pod is null && _refused.TryGetValue(name, out var refusal))
        {
            return new StepEvidence.Ended { Step = step.Name, Attempt = status.Attempt, Success = false, NotDone = true, Message = $"its pod was refused: {options.Redactor.Redact(refusal)}" };
        }

        if (pod is null)
        {
            return _seen.ContainsKey(name)
                ? new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = "its pod vanished before its exit code was read" }
                : new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt };
        }

        _seen[name] = true;
        if (OwnerReferences.FindController(pod.Metadata)?.Uid != execution.Metadata.Uid)
        {
            return new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = $"a pod named {name.Name} is there that this run did not make" };
        }

        switch (PodObservation.Of(pod))
        {
            case PodObservation.Ended ended:
                var text = await ReadOnceAsync(name, step, ended, cancellationToken);
                var success = (step.SucceedsOn ?? [0]).Contains(ended.ExitCode);
                return new StepEvidence.Ended
                {
                    Step = step.Name,
                    Attempt = status.Attempt,
                    Success = success,
                    ExitCode = ended.ExitCode,
                    At = ended.At,
                    Message = success ? null : $"exit code {ended.ExitCode}" + (ended.Message is null ? "" : $", {ended.Message}"),
                    Output = text,
                };
            case PodObservation.NeverBegan never:
                return new StepEvidence.Ended { Step = step.Name, Attempt = status.Attempt, Success = false, NotDone = true, Message = $"the command was not run: {never.Message}" };
            case PodObservation.Lost lost:
                return new StepEvidence.Unknown { Step = step.Name, Attempt = status.Attempt, Message = lost.Message };
            case PodObservation.Ongoing ongoing:
                Watch(name, pod.Metadata.ResourceVersion, new NamespacedName(name.Namespace, execution.Metadata.Name!));
                return new StepEvidence.Ongoing { Step = step.Name, Attempt = status.Attempt, Message = ongoing.Message, After = options.PodPoll };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

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
        foreach (var pod in (execution.Status?.Steps ?? []).Where(step => step.Pod is not null).SelectMany(step => PodsOf(execution, step)))
        {
            await StopAsync(execution, pod, cancellationToken);
            var name = new NamespacedName(execution.Metadata.Namespace!, pod);
            _seen.TryRemove(name, out _);
            _refused.TryRemove(name, out _);
            _read.TryRemove(name, out _);
        }
    }

    // Each attempt had one.
    private static IEnumerable<string> PodsOf(RunbookExecution execution, StepStatus step) =>
        Enumerable.Range(1, step.Attempt).Select(attempt => AttemptId.Of(execution, step.Name, attempt));

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
        await DeleteAsync(name, cancellationToken);
    }

    private async Task DeleteAsync(NamespacedName name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync<Pod>(name, null, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // Somebody was faster.
        }
    }

    // One log at a time, and each once: a log may be large, several at once could be more than the process may hold, and a step whose check
    // takes its time is looked at often.
    private async Task<StepText> ReadOnceAsync(NamespacedName name, RunbookStep step, PodObservation.Ended ended, CancellationToken cancellationToken)
    {
        await Reading.WaitAsync(cancellationToken);
        try
        {
            if (!_read.TryGetValue(name, out var text))
            {
                text = await ReadAsync(name, step, ended, cancellationToken);
                _read[name] = text;
            }

            return text;
        }
        finally
        {
            Reading.Release();
        }
    }

    private async Task<StepText> ReadAsync(NamespacedName name, RunbookStep step, PodObservation.Ended ended, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await client.LogsAsync(name, new LogOptions { Container = StepPod.Container, LimitBytes = Limits.Log + 1 }, cancellationToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            var length = (int)Math.Min(bytes.Length, Limits.Log);
            return OutputReader.Read(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, length), bytes.Length > Limits.Log, step.Outputs, options.Redactor);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException && !(time.GetUtcNow() <= ended.At + options.LogPatience))
        {
            // The exit code is known and the log is not to be had any more, as when the node is gone. A run must end all the same.
            return StepText.Empty;
        }
    }

    // One watch per running Pod, for as long as the operator may only look into namespaces that let it in.
    private void Watch(NamespacedName pod, string? version, NamespacedName execution)
    {
        if (_watched.TryAdd(pod, true))
        {
            _ = Task.Run(() => FollowAsync(pod, version, execution));
        }
    }

    private async Task FollowAsync(NamespacedName pod, string? version, NamespacedName execution)
    {
        try
        {
            var watch = new WatchOptions { ResourceVersion = version, FieldSelector = $"metadata.name={pod.Name}", Timeout = TimeSpan.FromMinutes(5) };
            await foreach (var change in client.WatchAsync<Pod>(pod.Namespace, watch, options.Stopping))
            {
                if (change.Type == WatchEventType.Deleted || (change.Object is { } seen && PodObservation.Of(seen) is not PodObservation.Ongoing))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // The poll of the reconciler goes on without it.
        }
        finally
        {
            _watched.TryRemove(pod, out _);
            wake(execution);
        }
    }
}
