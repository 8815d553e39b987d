using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Adds keys to a queue later. For each key the earliest time asked for counts; keys of one time come in the order of asking.</summary>
public sealed class DelayingQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WorkQueue _queue;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Dictionary<NamespacedName, TimeSpan> _due = [];
    // May hold outdated entries: only one that agrees with _due counts.
    private readonly PriorityQueue<NamespacedName, (TimeSpan Due, long Asked)> _order = new();
    private readonly ITimer _timer;
    private long _asked;
    private bool _disposed;

    /// <summary>Makes it.</summary>
    /// <param name="queue">Where keys go when their time has come.</param>
    /// <param name="time">The clock; only its monotonic half is used.</param>
    public DelayingQueue(WorkQueue queue, TimeProvider time)
    {
        _queue = queue;
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((DelayingQueue)self!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The longest delay: what a timer can hold. Longer ones are cut, and the pass that follows asks again.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(20);

    /// <summary>How many keys wait for their time.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _due.Count;
            }
        }
    }

    /// <summary>Adds <paramref name="key"/> after <paramref name="delay"/>; at once if that is zero or less.</summary>
    public void AddAfter(NamespacedName key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            _queue.Add(key);
            return;
        }

        lock (_lock)
        {
            var due = Now + (delay < MaxDelay ? delay : MaxDelay);
            if (_disposed || (_due.TryGetValue(key, out var earlier) && earlier <= due))
            {
                return;
            }

            _due[key] = due;
            _order.Enqueue(key, (due, _asked++));
            SetTimer();
        }
    }

    /// <summary>Forgets all keys that wait.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _due.Clear();
            _order.Clear();
        }

        _timer.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    private void Flush()
    {
        lock (_lock)
        {
            while (_order.TryPeek(out var key, out var place) && place.Due <= Now)
            {
                _order.Dequeue();
                if (_due.TryGetValue(key, out var wanted) && wanted == place.Due)
                {
                    _due.Remove(key);
                    _queue.Add(key);
                }
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (!_disposed && _order.TryPeek(out _, out var place))
        {
            // A timer counts whole milliseconds: rounding up keeps it from firing just before the time.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (place.Due - Now).TotalMilliseconds)));
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
