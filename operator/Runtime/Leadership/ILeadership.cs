namespace RunbookOperator.Runtime;

/// <summary>Whether this process leads.</summary>
public interface ILeadership
{
    /// <summary>Whether this process holds the lease now.</summary>
    bool IsLeader { get; }

    /// <summary>How much of the lease is left by the monotonic clock; zero if it is not held.</summary>
    TimeSpan Remaining { get; }

    /// <summary>Waits until this process leads.</summary>
    Task WaitAsync(CancellationToken cancellationToken);
}

/// <summary>For a process that is alone, or a test: it always leads.</summary>
public sealed class SoleLeadership : ILeadership
{
    /// <summary>The only instance; it has no state.</summary>
    public static SoleLeadership Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsLeader => true;

    /// <inheritdoc/>
    public TimeSpan Remaining => TimeSpan.MaxValue;

    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
