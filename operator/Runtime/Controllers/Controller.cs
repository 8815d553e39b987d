using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Calls a reconciler for each key that needs a pass, and decides what follows. Made by <see cref="ControllerBuilder"/>.</summary>
public sealed class Controller : IDisposable
{
    /// <summary>The longest wait after a conflict: the cache is about to catch up.</summary>
    public static readonly TimeSpan MaxConflictDelay = TimeSpan.FromSeconds(1);

    private readonly IReconciler _reconciler;
    private readonly ControllerOptions _options;
    private readonly RuntimeContext _context;
    private readonly RateLimitingQueue _queue;
    private readonly ILogger _logger;
    private long _passes;

    internal Controller(string name, IReconciler reconciler, ControllerOptions options, RateLimitingQueue queue, RuntimeContext context)
    {
        if (options.Workers < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Workers, "A controller needs a worker.");
        }

        Name = name;
        _reconciler = reconciler;
        _options = options;
        _context = context;
        _queue = queue;
        _logger = context.Loggers.CreateLogger($"{typeof(Controller).FullName}.{name}");
        InitializeCounters();
    }

    /// <summary>Its name in logs and metrics.</summary>
    public string Name { get; }

    /// <summary>What it watches. All must have synced before it works, or it takes what it does not know yet for absent.</summary>
    public required IReadOnlyList<IInformer> Informers { get; init; }

    internal TimeSpan DrainTimeout => _options.DrainTimeout;

    /// <summary>Asks for a pass over <paramref name="key"/>, for causes that are not in the cluster.</summary>
    public void Enqueue(NamespacedName key) => _queue.Add(key);

    /// <summary>Waits until no key waits for a worker and no worker is busy. Keys that wait for a time, after
    /// <see cref="ReconcileResult.After"/> or a failure, do not count.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => _queue.IdleAsync(cancellationToken);

    /// <summary>Works until <paramref name="stop"/>, then lets the passes under way end (<see cref="ControllerOptions.DrainTimeout"/>).</summary>
    /// <param name="stop">Ends the work.</param>
    /// <param name="abort">Cancels even the passes under way.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort = default)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(abort);
        Task[] workers = [.. Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(() => WorkAsync(work.Token), CancellationToken.None))];
        var ended = Task.WhenAll(workers);
        await using (stop.Register(_queue.ShutDown))
        await using (abort.Register(_queue.ShutDown))
        {
            await Task.WhenAny(ended, stop.AsTask(), abort.AsTask());
            await Task.WhenAny(ended, Task.Delay(_options.DrainTimeout, _context.Time, work.Token));
            await work.CancelAsync();
            await ended;
        }
    }

    /// <summary>Drops what waits. Call it after <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _queue.ShutDown();
        _queue.Dispose();
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        // The queue's end, not the token's, ends the loop: a key that was handed out is always given back.
        while (await _queue.GetAsync(CancellationToken.None) is { } key)
        {
            _context.Metrics.ActiveWorkers.Add(1, Tag);
            try
            {
                await ProcessAsync(key, cancellationToken);
            }
            finally
            {
                _queue.Done(key);
                _context.Metrics.ActiveWorkers.Add(-1, Tag);
            }
        }
    }

    private async Task ProcessAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        using var scope = _logger.BeginScope(new ReconcileScope(Name, key, Interlocked.Increment(ref _passes)));
        var started = _context.Time.GetTimestamp();
        var (result, error) = await ReconcileAsync(key, cancellationToken);
        _context.Metrics.ReconcileSeconds.Record(_context.Time.GetElapsedTime(started).TotalSeconds, Tag);

        switch (error)
        {
            case null when result.RequeueAfter is { } delay:
                _queue.Forget(key);
                _queue.AddAfter(key, delay);
                Count("requeue_after");
                break;
            case null:
                _queue.Forget(key);
                Count("success");
                break;
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                break;
            case TerminalException:
                _queue.Forget(key);
                _context.Metrics.TerminalErrors.Add(1, Tag);
                RuntimeLog.ReconcileStalled(_logger, key, error);
                Count("error");
                break;
            case ApiException { IsConflict: true } or ApiException { IsAlreadyExists: true }:
                _queue.AddRateLimited(key, atMost: MaxConflictDelay);
                RuntimeLog.ReconcileConflict(_logger, key, error.Message);
                Count("conflict");
                break;
            default:
                _queue.AddRateLimited(key, atLeast: (error as ApiException)?.RetryAfter);
                _context.Metrics.Panics.Add(IsPanic(error) ? 1 : 0, Tag);
                RuntimeLog.ReconcileFailed(_logger, key, _queue.Failures(key), error);
                Count("error");
                break;
        }
    }

    private async Task<(ReconcileResult Result, Exception? Error)> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ReconcileTimeout, _context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return (await _reconciler.ReconcileAsync(key, linked.Token), null);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (default, new TimeoutException($"The pass took longer than {_options.ReconcileTimeout}.", exception));
        }
        catch (Exception exception)
        {
            return (default, exception);
        }
    }

    // What Go would panic on: not the world is wrong, but the program. It is survived and retried like any other failure, and counted apart.
    private static bool IsPanic(Exception error) => error
        is NullReferenceException
        or IndexOutOfRangeException
        or ArgumentOutOfRangeException
        or InvalidCastException
        or DivideByZeroException
        or UnreachableException;

    private KeyValuePair<string, object?> Tag => new("controller", Name);

    private void Count(string result)
    {
        _context.Metrics.Reconciles.Add(1, Tag, new("result", result));
        if (result == "error")
        {
            _context.Metrics.ReconcileErrors.Add(1, Tag);
        }
    }

    // A counter that was never touched has no series, and a rate over it sees the first error as nothing.
    private void InitializeCounters()
    {
        foreach (var result in (string[])["success", "requeue_after", "conflict", "error"])
        {
            _context.Metrics.Reconciles.Add(0, Tag, new("result", result));
        }

        _context.Metrics.ReconcileErrors.Add(0, Tag);
        _context.Metrics.TerminalErrors.Add(0, Tag);
        _context.Metrics.Panics.Add(0, Tag);
        _context.Metrics.ActiveWorkers.Add(0, Tag);
        _context.Metrics.MaxWorkers.Record(_options.Workers, Tag);
    }
}
