using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>Follows one object until something is true of it, through closed streams, lost connections and versions too old to resume.</summary>
/// <param name="client">The API.</param>
/// <param name="time">The clock for the pauses between attempts.</param>
internal sealed class ObjectWatch<T>(IKubernetesClient client, TimeProvider time)
    where T : class, IKubernetesObject<T>
{
    /// <summary>The pause before the first attempt to connect again; each further one doubles it.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Called once each time the connection is lost, with the reason.</summary>
    public Action<string>? Lost { get; init; }

    private TimeSpan _pause = FirstPause;

    /// <summary>Shows <paramref name="first"/> and every later state to <paramref name="isDone"/> until it says so.</summary>
    /// <returns>The object of which it said so, or null if the object was deleted before.</returns>
    /// <exception cref="ApiException">The API server refuses for good.</exception>
    public async Task<T?> UntilAsync(T first, Func<T, bool> isDone, CancellationToken cancellationToken)
    {
        if (isDone(first))
        {
            return first;
        }

        var version = first.Metadata.ResourceVersion;
        while (true)
        {
            var step = version is null
                ? await AttemptAsync(() => ReadAsync(first, isDone, cancellationToken), cancellationToken)
                : await AttemptAsync(() => StreamAsync(first, version, isDone, cancellationToken), cancellationToken);
            if (step.IsOver)
            {
                return step.Result;
            }

            version = step.Version;
        }
    }

    private async Task<Progress> AttemptAsync(Func<Task<Progress>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt();
        }
        catch (ApiException error) when (error.IsGone)
        {
            return new(null);
        }
        catch (Exception error) when (ClusterErrors.IsTransient(error) && !cancellationToken.IsCancellationRequested)
        {
            if (_pause == FirstPause)
            {
                Lost?.Invoke(error.Message);
            }

            await Task.Delay(_pause, time, cancellationToken);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            return new(null);
        }
    }

    private async Task<Progress> ReadAsync(T first, Func<T, bool> isDone, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync<T>(NamespacedName.Of(first), cancellationToken);
        _pause = FirstPause;
        if (found is null || found.Metadata.Uid != first.Metadata.Uid)
        {
            return new(null, IsOver: true);
        }

        return isDone(found) ? new(null, IsOver: true, found) : new(found.Metadata.ResourceVersion);
    }

    private async Task<Progress> StreamAsync(T first, string version, Func<T, bool> isDone, CancellationToken cancellationToken)
    {
        var key = NamespacedName.Of(first);
        var options = new WatchOptions { ResourceVersion = version, FieldSelector = $"metadata.name={key.Name}" };
        await foreach (var change in client.WatchAsync<T>(key.Namespace, options, cancellationToken))
        {
            _pause = FirstPause;
            version = change.ResourceVersion ?? version;
            if (change.Type == WatchEventType.Deleted)
            {
                return new(null, IsOver: true);
            }

            if (change.Object is { } value && isDone(value))
            {
                return new(null, IsOver: true, value);
            }
        }

        // The server ended the stream in good order. A short pause keeps a proxy that ends every stream at once from being asked in a loop.
        await Task.Delay(FirstPause, time, cancellationToken);
        return new(version);
    }

    // Where to go on from: a version to watch from, or null to read anew; or the end.
    private sealed record Progress(string? Version, bool IsOver = false, T? Result = null);
}
