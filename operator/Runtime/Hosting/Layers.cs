using Microsoft.Extensions.Logging;

namespace RunbookOperator.Runtime;

/// <summary>Groups of tasks, each with its own end, that are started one after the other and stopped in reverse.</summary>
internal sealed class Layers : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping;
    private readonly Stack<(string Name, CancellationTokenSource Stop, Task Tasks)> _layers = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Layers(ILogger logger, CancellationToken cancellationToken)
    {
        _logger = logger;
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

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (_layers.TryPop(out var layer))
        {
            await layer.Stop.CancelAsync();
            await layer.Tasks;
            layer.Stop.Dispose();
            RuntimeLog.Stopped(_logger, layer.Name);
        }

        _stopping.Dispose();
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
