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

    /// <summary>After how long without an event or a bookmark a watch counts as dead. The API server sends a bookmark about every minute.
    /// Default 90 seconds.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>After how long the API server is asked to end a watch; up to twice that, so that watches do not end together.
    /// Default 5 minutes.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
