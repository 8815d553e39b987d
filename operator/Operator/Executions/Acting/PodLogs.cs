using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Reads what the command of a Pod says: while it runs, and once more when it has ended. Of the two the fuller one counts: a node
/// that turned the log over has lost its beginning, and one that is gone has lost all of it.</summary>
internal sealed class PodLogs(IKubernetesClient client, ExecutionOptions options, TimeProvider time)
{
    /// <summary>How long after the end of a command the end of its log is awaited, where it was read as it grew.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int Block = 32 * 1024;

    private static readonly StepText Withheld = StepText.Empty with
    {
        Tail = "[not kept: the values of its Secrets cannot be read, so they could not be taken out]",
        Truncated = true,
    };

    private readonly ConcurrentDictionary<NamespacedName, Task> _following = new();
    private readonly ConcurrentDictionary<NamespacedName, Heard> _heard = new();
    private readonly ConcurrentDictionary<NamespacedName, StepText> _read = new();
    private readonly ConcurrentDictionary<NamespacedName, IReadOnlyList<string>> _secrets = new();
    private readonly StepSecrets _stepSecrets = new(client);

    /// <summary>Reads the log of a running Pod as it grows. Returns at once; asked again it does nothing while it reads.</summary>
    public void Follow(Pod pod, IReadOnlyList<StepOutput>? outputs) =>
        _ = _following.GetOrAdd(NamespacedName.Of(pod), _ => Task.Run(() => FollowAsync(pod, outputs)));

    /// <summary>What was heard of a Pod that may not be there any more; null if nothing was.</summary>
    public StepText? LastOf(NamespacedName pod) => _heard.GetValueOrDefault(pod)?.Text;

    /// <summary>All that a Pod has said whose command has ended. It is read once: a step whose check takes its time is looked at often.</summary>
    /// <exception cref="ApiException">It cannot be read now.</exception>
    public async Task<StepText> ReadAsync(Pod pod, IReadOnlyList<StepOutput>? outputs, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        if (_read.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_following.TryGetValue(name, out var following))
        {
            await Task.WhenAny(following, Task.Delay(Patience, time, cancellationToken));
        }

        return _read[name] = await HearAsync(pod, outputs, follow: false, cancellationToken);
    }

    /// <summary>Forgets a Pod.</summary>
    public void Forget(NamespacedName pod)
    {
        _heard.TryRemove(pod, out _);
        _read.TryRemove(pod, out _);
        _secrets.TryRemove(pod, out _);
    }

    private async Task FollowAsync(Pod pod, IReadOnlyList<StepOutput>? outputs)
    {
        try
        {
            await HearAsync(pod, outputs, follow: true, options.Stopping);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            // What was heard till then is kept. If the command still runs, the next look at its Pod begins again.
        }
        finally
        {
            _following.TryRemove(NamespacedName.Of(pod), out _);
        }
    }

    private async Task<StepText> HearAsync(Pod pod, IReadOnlyList<StepOutput>? outputs, bool follow, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        if (await SecretsAsync(pod, cancellationToken) is not { } secrets)
        {
            return Withheld;
        }

        using var collector = new OutputCollector(outputs, secrets.Count == 0 ? options.Redactor : options.Redactor.With(secrets));
        var whole = false;
        try
        {
            var from = new LogOptions { Container = StepPod.Container, Follow = follow, LimitBytes = Limits.Log + 1 };
            await using var stream = await client.LogsAsync(name, from, cancellationToken);
            whole = await CollectAsync(stream, collector, cancellationToken);
        }
        finally
        {
            var heard = new Heard(collector.Bytes, collector.Finish(whole));
            _heard.AddOrUpdate(name, heard, (_, before) => before.Bytes > heard.Bytes ? before : heard);
        }

        return _heard[name].Text;
    }

    private static async Task<bool> CollectAsync(Stream stream, OutputCollector collector, CancellationToken cancellationToken)
    {
        var block = new byte[Block];
        while (true)
        {
            var length = await stream.ReadAsync(block, cancellationToken);
            if (length == 0 || !collector.Add(block.AsSpan(0, length)))
            {
                return length == 0;
            }
        }
    }

    // What they held when the command began counts too: a Secret may change while it runs.
    private async Task<IReadOnlyList<string>?> SecretsAsync(Pod pod, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Of(pod);
        var before = _secrets.GetValueOrDefault(name);
        return await _stepSecrets.ValuesAsync(pod, cancellationToken) is not { } now
            ? before
            : _secrets[name] = before is null ? now : [.. before.Union(now, StringComparer.Ordinal)];
    }

    private sealed record Heard(long Bytes, StepText Text);
}
