using Microsoft.Extensions.Logging;

namespace RunbookOperator.Runtime;

/// <summary>Groups of tasks, each with its own end, that are started one after the other and stopped in reverse.</summary>
internal sealed class Layers : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _stopping;
    private readonly Stack<(string Name, CancellationTokenSource Stop, Task Tasks)> _layers = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="logger">Where it is told what started and stopped.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long a group may take to stop.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public Layers(ILogger logger, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        _logger = logger;
        _time = time;
        _patience = patience;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Cancelled when everything is to stop; the layers themselves stop one by one.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts a group.</summary>
    public void Start(string name, IReadOnlyList<(string Name, Func<CancellationToken, Task> Run)> parts)
    {
        var stop = new CancellationTokenSource();
        var tasks = Task.WhenAll(parts.Select(part => Task.Run(() => GuardAsync(part.Name, part.Run, stop.Token), CancellationToken.None)));
        _layers.Push((name, stop, tasks));
        RuntimeLog.Started(_logger, name);
    }

    /// <summary>Waits for <paramref name="task"/>, but not past the failure of a layer, which is thrown.</summary>
    public async Task WaitAsync(Task task)
    {
        if (await Task.WhenAny(task, _failure.Task) == _failure.Task)
        {
            await _failure.Task;
        }

        await task;
    }

    /// <summary>Stops the groups. One that does not stop in time is left to the end of the process, and so are those below it: it still acts
    /// upon what they hold, such as the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (_layers.TryPop(out var layer))
        {
            await layer.Stop.CancelAsync();
            if (!await EndsAsync(layer.Tasks))
            {
                RuntimeLog.Abandoned(_logger, layer.Name, _patience);
                return;
            }

            layer.Stop.Dispose();
            RuntimeLog.Stopped(_logger, layer.Name);
        }

        _stopping.Dispose();
    }

    private async Task<bool> EndsAsync(Task tasks)
    {
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(tasks, Task.Delay(_patience, _time, ended.Token));
        await ended.CancelAsync();
        return first == tasks;
    }

    private async Task GuardAsync(string name, Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
            if (!stop.IsCancellationRequested)
            {
                Fail(name, new InvalidOperationException($"{name} ended by itself."));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was asked to.
        }
        catch (Exception exception)
        {
            Fail(name, exception);
        }
    }

    private void Fail(string part, Exception exception)
    {
        RuntimeLog.PartFailed(_logger, part, exception);
        _failure.TrySetException(exception);
    }
}
