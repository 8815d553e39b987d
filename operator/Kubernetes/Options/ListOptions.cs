namespace RunbookOperator.Kubernetes;

/// <summary>Selectors and paging of a list.</summary>
public sealed record ListOptions
{
    /// <summary>A label selector, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Items per page; null lets the server answer in one.</summary>
    public int? Limit { get; init; }

    /// <summary>The token of the next page. The token fixes the version: the two below are then not sent.</summary>
    public string? Continue { get; init; }

    /// <summary>A version; null means the newest. <c>0</c> lets the server answer from its cache.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What <see cref="ResourceVersion"/> means; null lets the server decide by its own rules.</summary>
    public ResourceVersionMatch? ResourceVersionMatch { get; init; }
}

/// <summary>How the version of a list relates to the one asked for.</summary>
public enum ResourceVersionMatch
{
    /// <summary>That version or a newer one.</summary>
    NotOlderThan,

    /// <summary>That version and no other. 410 if the server no longer has it.</summary>
    Exact,
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The items that could be decoded.</param>
/// <param name="ResourceVersion">The version of the list, to watch from.</param>
/// <param name="Continue">The token of the next page, or null if this is the last.</param>
/// <param name="Undecodable">Items that could not be decoded, each with the reason.</param>
public sealed record KubernetesList<T>(
    IReadOnlyList<T> Items, string? ResourceVersion, string? Continue, IReadOnlyList<UndecodableItem> Undecodable);

/// <summary>An object that the client could not decode: stored by somebody else, or under an older schema.</summary>
/// <param name="Name">The object's key, as far as it could be read.</param>
/// <param name="Error">Why, with the JSON path.</param>
public sealed record UndecodableItem(NamespacedName Name, string Error);
