using System.Diagnostics;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Keys that wait for a worker. A key waits at most once; a key in work is never handed out a second time, and if it is added
/// meanwhile it runs again after <see cref="Done"/>.</summary>
public sealed class WorkQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<NamespacedName> _queue = new();
    private readonly HashSet<NamespacedName> _processing = [];
    // Keys that need a pass: those in the queue, and those added while in work.
    private readonly Dictionary<NamespacedName, long> _dirty = [];
    private readonly Dictionary<NamespacedName, long> _started = [];
    private readonly LinkedList<TaskCompletionSource<NamespacedName?>> _getters = [];
    private readonly List<TaskCompletionSource> _idle = [];
    private readonly RuntimeContext _context;
    private readonly TagList _tags;
    private bool _shutDown;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="name">Its name in metrics.</param>
    /// <param name="context">Clock and counters.</param>
    public WorkQueue(string name, RuntimeContext context)
    {
        _context = context;
        _tags = new TagList { { "name", name }, { "controller", name } };
        context.Metrics.QueueAdds.Add(0, _tags);
        context.Metrics.QueueDepth.Add(0, _tags);
    }

    /// <summary>How many keys wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Asks for a pass over <paramref name="key"/>. Does nothing after <see cref="ShutDown"/>.</summary>
    public void Add(NamespacedName key)
    {
        lock (_lock)
        {
            if (_shutDown || !_dirty.TryAdd(key, _context.Time.GetTimestamp()))
            {
                return;
            }

            _context.Metrics.QueueAdds.Add(1, _tags);
            if (!_processing.Contains(key))
            {
                Enqueue(key);
            }
        }
    }

    /// <summary>Takes the next key, which is then in work until <see cref="Done"/>. Null once the queue is shut down.</summary>
    public async Task<NamespacedName?> GetAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<NamespacedName?> getter;
        lock (_lock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_shutDown)
            {
                return null;
            }

            if (_queue.TryDequeue(out var key))
            {
                _context.Metrics.QueueDepth.Add(-1, _tags);
                Start(key);
                return key;
            }

            getter = new TaskCompletionSource<NamespacedName?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _getters.AddLast(getter);
        }

        // A key is handed over and cancelled by the same completion source, so it goes to exactly one of both.
        await using var registration = cancellationToken.Register(() => GiveUp(getter, cancellationToken));
        return await getter.Task;
    }

    /// <summary>The work on <paramref name="key"/> has ended.</summary>
    public void Done(NamespacedName key)
    {
        lock (_lock)
        {
            if (!_processing.Remove(key))
            {
                return;
            }

            _started.Remove(key, out var since);
            _context.Metrics.WorkSeconds.Record(_context.Time.GetElapsedTime(since).TotalSeconds, _tags);
            if (_dirty.ContainsKey(key) && !_shutDown)
            {
                Enqueue(key);
            }

            ReleaseIdleWaiters();
        }
    }

    /// <summary>Takes no more keys and hands out no more; what waits is dropped, what is in work goes on.</summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            _shutDown = true;
            _context.Metrics.QueueDepth.Add(-_queue.Count, _tags);
            _queue.Clear();
            _dirty.Clear();
            foreach (var getter in _getters)
            {
                getter.TrySetResult(null);
            }

            _getters.Clear();
            ReleaseIdleWaiters();
        }
    }

    /// <summary>Waits until no key waits and none is in work.</summary>
    public Task IdleAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsIdle)
            {
                return Task.CompletedTask;
            }

            var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle.Add(idle);
            return idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>How long each key in work has been so.</summary>
    internal IReadOnlyList<TimeSpan> InWork()
    {
        lock (_lock)
        {
            return [.. _started.Values.Select(since => _context.Time.GetElapsedTime(since))];
        }
    }

    private void GiveUp(TaskCompletionSource<NamespacedName?> getter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (getter.TrySetCanceled(cancellationToken))
            {
                _getters.Remove(getter);
            }
        }
    }

    private bool IsIdle => _queue.Count == 0 && _processing.Count == 0;

    private void Enqueue(NamespacedName key)
    {
        while (_getters.First is { } first)
        {
            _getters.RemoveFirst();
            if (first.Value.TrySetResult(key))
            {
                Start(key);
                return;
            }
        }

        _queue.Enqueue(key);
        _context.Metrics.QueueDepth.Add(1, _tags);
    }

    private void Start(NamespacedName key)
    {
        _dirty.Remove(key, out var added);
        _context.Metrics.QueueSeconds.Record(_context.Time.GetElapsedTime(added).TotalSeconds, _tags);
        _processing.Add(key);
        _started[key] = _context.Time.GetTimestamp();
    }

    private void ReleaseIdleWaiters()
    {
        if (!IsIdle)
        {
            return;
        }

        foreach (var idle in _idle)
        {
            idle.TrySetResult();
        }

        _idle.Clear();
    }
}
