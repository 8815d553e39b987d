namespace RunbookOperator.Kubernetes;

/// <summary>Which part of a container's log, and whether to follow it.</summary>
public sealed record LogOptions
{
    /// <summary>The container; null for the only one.</summary>
    public string? Container { get; init; }

    /// <summary>Stay until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Of the container before the present one.</summary>
    public bool Previous { get; init; }

    /// <summary>Begin each line with its time, in RFC 3339 with nanoseconds, and a space.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Only the last lines.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is newer than this, in whole seconds, rounded up.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Only what was written at this time or later, in whole seconds, rounded down.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>At most this many bytes; then the stream ends.</summary>
    public long? LimitBytes { get; init; }
}
