using Microsoft.Extensions.Logging;

namespace RunbookOperator.Runtime;

/// <summary>Starts the parts of an operator in order and stops them in reverse: caches, what every replica does, leadership, what the
/// leader does. Several managers may live in one process.</summary>
public sealed class Manager
{
    /// <summary>How long what was cancelled may take to end, beyond the <see cref="ControllerOptions.DrainTimeout"/> of passes. Then the manager
    /// ends without it: a process that lost its lease must not live on for a call that never returns.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly RuntimeContext _context;
    private readonly LeaderElector? _elector;
    private readonly ILogger _logger;
    private readonly List<IInformer> _informers = [];
    private readonly List<Controller> _controllers = [];
    private readonly List<(string Name, Func<CancellationToken, Task> Run)> _everywhere = [];
    private readonly List<(string Name, Func<CancellationToken, Task> Run)> _onLeader = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a manager without parts.</summary>
    /// <param name="context">Clock, logs, counters.</param>
    /// <param name="elector">Who leads; null if this process is alone.</param>
    public Manager(RuntimeContext context, LeaderElector? elector = null)
    {
        _context = context;
        _elector = elector;
        _logger = context.Loggers.CreateLogger<Manager>();
    }

    /// <summary>Whether this process leads.</summary>
    public ILeadership Leadership => _elector ?? (ILeadership)SoleLeadership.Instance;

    /// <summary>Ends when all caches have synced: the process may serve.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Ends when this process leads and its controllers work.</summary>
    public Task Started => _started.Task;

    /// <summary>Adds a cache.</summary>
    public Manager Add(IInformer informer)
    {
        if (!_informers.Contains(informer))
        {
            _informers.Add(informer);
        }

        return this;
    }

    /// <summary>Adds a controller, and the caches it watches. It works on the leader only.</summary>
    public Manager Add(Controller controller)
    {
        foreach (var informer in controller.Informers)
        {
            Add(informer);
        }

        _controllers.Add(controller);
        return this;
    }

    /// <summary>Adds something that runs until cancelled, once the caches have synced.</summary>
    /// <param name="name">Its name in logs.</param>
    /// <param name="run">Runs it. If it ends before it is cancelled, the whole manager ends.</param>
    /// <param name="onLeader">Only on the leader.</param>
    public Manager Add(string name, Func<CancellationToken, Task> run, bool onLeader = false)
    {
        (onLeader ? _onLeader : _everywhere).Add((name, run));
        return this;
    }

    /// <summary>Waits until no controller has a key waiting or in work.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        foreach (var controller in _controllers)
        {
            await controller.IdleAsync(cancellationToken);
        }
    }

    /// <summary>Which caches have not synced yet, for a readiness check; null if all have.</summary>
    public string? Unsynced()
    {
        var missing = _informers.Where(static informer => !informer.HasSynced).Select(static informer => informer.Resource).ToList();
        return missing.Count == 0 ? null : $"not synced: {string.Join(", ", missing)}";
    }

    /// <summary>Runs everything until <paramref name="cancellationToken"/>, then stops it in reverse order. What does not stop in time
    /// (<see cref="StopTimeout"/>) is left behind, and the lease with it: end the process.</summary>
    /// <exception cref="LeadershipLostException">Another process leads, or may. This process must end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var layers = new Layers(_logger, _context.Time, Patience, cancellationToken);
        try
        {
            layers.Start("caches", [.. _informers.Select(informer => ($"cache of {informer.Resource}", (Func<CancellationToken, Task>)informer.RunAsync))]);
            await layers.WaitAsync(Task.WhenAll(_informers.Select(informer => informer.WaitForSyncAsync(layers.Stopping))));
            _synced.TrySetResult();

            layers.Start("services", _everywhere);
            if (_elector is { } elector)
            {
                layers.Start("leader election", [("leader election", elector.RunAsync)]);
                await layers.WaitAsync(elector.WaitAsync(layers.Stopping));
            }

            layers.Start("leader's services", _onLeader);
            layers.Start("controllers", [.. _controllers.Select(controller => ($"controller {controller.Name}", Run(controller)))]);
            _started.TrySetResult();
            await layers.WaitAsync(Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, layers.Stopping));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _synced.TrySetCanceled(CancellationToken.None);
            _started.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception exception)
        {
            RuntimeLog.Failed(_logger, exception);
            _synced.TrySetException(exception);
            _started.TrySetException(exception);
            throw;
        }
    }

    private TimeSpan Patience => StopTimeout + _controllers.Select(static controller => controller.DrainTimeout).DefaultIfEmpty().Max();

    // Once the lease is lost, what is under way is cancelled too: another process may be doing it. Whoever notices first, that is the cause.
    private Func<CancellationToken, Task> Run(Controller controller) => async stop =>
    {
        using (controller)
        {
            var lost = _elector?.Lost ?? CancellationToken.None;
            await controller.RunAsync(stop, lost);
            if (lost.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                throw new LeadershipLostException($"The lease was lost, so the controller {controller.Name} ended.");
            }
        }
    };
}
