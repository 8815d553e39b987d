namespace RunbookOperator.Faults;

/// <summary>A clock of its own: its wall time may be set, and it may run faster than others.</summary>
/// <param name="rate">How fast it runs; 2 is twice as fast.</param>
internal sealed class SkewedTime(double rate) : TimeProvider
{
    private readonly long _start = System.GetTimestamp();
    private readonly DateTimeOffset _wall = System.GetUtcNow();
    private long _jump;

    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>Sets the wall clock on or back. Timers go on as if nothing had happened.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jump, by.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        _wall + (System.GetElapsedTime(_start) * rate) + TimeSpan.FromTicks(Interlocked.Read(ref _jump));

    public override long GetTimestamp() => _start + (long)((System.GetTimestamp() - _start) * rate);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SkewedTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), this);

    private TimeSpan Scaled(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / rate;

    private sealed class SkewedTimer(ITimer inner, SkewedTime owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(owner.Scaled(dueTime), owner.Scaled(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
