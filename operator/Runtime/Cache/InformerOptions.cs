namespace RunbookOperator.Runtime;

/// <summary>What an informer holds and how it follows it.</summary>
public sealed record InformerOptions
{
    /// <summary>The namespace; null for all. Default null.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only objects with these labels; null for all. Default null.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only objects with these fields; null for all. Default null.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>How many objects are listed at once. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>After how long without an event or a bookmark a watch counts as dead. Default 60 seconds.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long the API server is asked to end a watch on which something happens; up to twice that, so that watches do not
    /// end together. Where nothing happens the watch is shorter than <see cref="SilenceTimeout"/>: the API server sends a bookmark two
    /// seconds before it ends a watch, which tells a quiet stream from a dead one and moves the version on. Default 5 minutes.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
