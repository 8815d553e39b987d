namespace RunbookOperator.TestKit;

/// <summary>A clock that stands still until <see cref="Advance"/>. Timers, and with them Task.Delay and cancellation after a time, follow it.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Within, TaskCompletionSource Done)> _waiters = [];
    private TimeSpan _skew;
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now + _skew;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.Ticks;
        }
    }

    /// <summary>Sets the wall clock forward or back. Timers and timestamps go on as if nothing had happened.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_lock)
        {
            _skew += by;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and calls each timer at its time, in order, on this thread.</summary>
    /// <param name="span">How far.</param>
    /// <param name="wake">Whether timers are called. If not, what waits for them is as a stopped process is: time goes on without it, and
    /// the next call wakes it.</param>
    public void Advance(TimeSpan span, bool wake = true)
    {
        if (!wake)
        {
            lock (_lock)
            {
                _now += span;
            }

            return;
        }

        DateTimeOffset end;
        lock (_lock)
        {
            end = _now + span;
        }

        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = end;
        }
    }

    /// <summary>Waits until some timer is set to fire within <paramref name="within"/> from now: then the code under test waits for the clock.</summary>
    public Task WaitForTimerAsync(TimeSpan within, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (IsSet(within))
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((within, done));
            return done.Task.WaitAsync(cancellationToken);
        }
    }

    private bool IsSet(TimeSpan within) => _timers.Exists(timer => timer.Due <= _now + within);

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var timer = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (timer is not null)
            {
                _now = timer.Due > _now ? timer.Due : _now;
                timer.Reschedule();
            }

            return timer;
        }
    }

    private bool Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime;
                timer.Period = period;
                _timers.Add(timer);
            }

            foreach (var waiter in _waiters.Where(waiter => IsSet(waiter.Within)).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Done.TrySetResult();
            }

            return true;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => owner.Set(this, dueTime, period);

        // Called under the owner's lock.
        public void Reschedule()
        {
            owner._timers.Remove(this);
            if (Period > TimeSpan.Zero)
            {
                Due += Period;
                owner._timers.Add(this);
            }
        }

        public void Dispose() => owner.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
