namespace RunbookOperator.Kubernetes;

/// <summary>Where a watch starts and what it follows.</summary>
public sealed record WatchOptions
{
    /// <summary>The version to follow from; null starts with what is there now.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>A label selector, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Whether the server may send BOOKMARK events. On by default.</summary>
    public bool AllowBookmarks { get; init; } = true;

    /// <summary>After how long the server ends the stream; null leaves it to the server.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>A change reported by a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after the change; the last known one for <see cref="WatchEventType.Deleted"/>; null for a bookmark or
/// an object that could not be decoded.</param>
/// <param name="ResourceVersion">The version to resume from after this event.</param>
/// <param name="Undecodable">Set where the object could not be decoded.</param>
public sealed record WatchEvent<T>(WatchEventType Type, T? Object, string? ResourceVersion, UndecodableItem? Undecodable = null);

/// <summary>The types of watch events, but ERROR, which is thrown.</summary>
public enum WatchEventType
{
    /// <summary>The object is new, or new to this watch.</summary>
    Added,

    /// <summary>The object has changed.</summary>
    Modified,

    /// <summary>The object is gone.</summary>
    Deleted,

    /// <summary>Nothing changed; the version moved on.</summary>
    Bookmark,
}
