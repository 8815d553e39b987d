using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>
/// A thin typed client of the Kubernetes API. It retries nothing: policy lives with the caller. Every failure that the API server
/// answered is an <see cref="ApiException"/>; a broken connection is an <see cref="HttpRequestException"/>.
/// There is no PUT: a typed PUT silently drops the fields that our types do not know.
/// </summary>
public interface IKubernetesClient
{
    /// <summary>The same connection, acting as somebody else (Impersonate-User, -Group).</summary>
    IKubernetesClient As(Impersonation identity);

    /// <summary>Reads one object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    Task<T> GetAsync<T>(NamespacedName name, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Reads one object, or null if it is not there.</summary>
    Task<T?> FindAsync<T>(NamespacedName name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>;

    /// <summary>Reads one page. Follow <see cref="KubernetesList{T}.Continue"/> for the next; items that cannot be decoded are in
    /// <see cref="KubernetesList{T}.Undecodable"/> and blind nobody.</summary>
    /// <param name="ns">The namespace, or null for all.</param>
    /// <param name="options">Selectors and paging, or null for everything in one page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<KubernetesList<T>> ListAsync<T>(string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Reads all pages.</summary>
    Task<IReadOnlyList<T>> ListAllAsync<T>(string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Follows changes from <see cref="WatchOptions.ResourceVersion"/> on, until the server or the caller ends the stream.
    /// An ERROR event is thrown as an <see cref="ApiException"/> (410: <see cref="ApiException.IsGone"/>).</summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(string? ns, WatchOptions options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Creates an object and returns it as stored.</summary>
    Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Creates or changes the fields given, by server-side apply, as <see cref="ApplyOptions.FieldManager"/>.</summary>
    Task<T> ApplyAsync<T>(T value, ApplyOptions options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Changes an object by a patch. A merge patch that carries <c>metadata.resourceVersion</c> fails with a conflict if the
    /// object has changed since.</summary>
    Task<T> PatchAsync<T>(NamespacedName name, Patch patch, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Deletes an object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    Task DeleteAsync<T>(NamespacedName name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>;

    /// <summary>Reads an object of any kind as JSON.</summary>
    Task<JsonObject> GetAsync(ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken);

    /// <summary>Reads all objects of any kind as JSON, all pages.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken);

    /// <summary>Changes an object of any kind by a patch and returns it as stored.</summary>
    Task<JsonObject> PatchAsync(ResourceDefinition resource, NamespacedName name, Patch patch, CancellationToken cancellationToken);

    /// <summary>Creates or changes an object of any kind by server-side apply and returns it as stored.</summary>
    Task<JsonObject> ApplyAsync(ResourceDefinition resource, NamespacedName name, JsonObject value, ApplyOptions options, CancellationToken cancellationToken);

    /// <summary>A container's log as a stream of bytes; ends when the container does if <see cref="LogOptions.Follow"/> is set.</summary>
    Task<Stream> LogsAsync(NamespacedName pod, LogOptions options, CancellationToken cancellationToken);

    /// <summary>GETs any path below the API server and returns the body, for discovery and version.</summary>
    Task<string> GetRawAsync(string path, CancellationToken cancellationToken);

    /// <summary>Finds a kind by name (<c>Deployment</c>, <c>deployments</c>, <c>deploy</c>), where <paramref name="apiVersion"/> is given
    /// in that group and version, else in the version the server prefers. Null if the server has no such kind.</summary>
    Task<ResourceDefinition?> DiscoverAsync(string kind, string? apiVersion, CancellationToken cancellationToken);
}

/// <summary>Who a request is made as.</summary>
/// <param name="User">The user, such as <c>system:serviceaccount:shop:fixer</c>.</param>
/// <param name="Groups">Its groups; empty lets the API server add those of a service account by itself.</param>
public sealed record Impersonation(string User, IReadOnlyList<string> Groups)
{
    /// <summary>A service account.</summary>
    public static Impersonation ServiceAccount(string ns, string name) => new($"system:serviceaccount:{ns}:{name}", []);
}

/// <summary>Selectors and paging of a list.</summary>
public sealed record ListOptions
{
    /// <summary>A label selector, or null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector, or null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Items per page; null lets the server answer in one.</summary>
    public int? Limit { get; init; }

    /// <summary>The token of the next page.</summary>
    public string? Continue { get; init; }

    /// <summary>The oldest version that will do; null means the newest.</summary>
    public string? ResourceVersion { get; init; }
}

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

/// <summary>How a server-side apply is done.</summary>
/// <param name="FieldManager">Who owns the fields, at most 128 characters.</param>
/// <param name="Force">Take over fields that others own.</param>
/// <param name="Subresource">Such as <c>status</c>; null for the object itself.</param>
/// <param name="DryRun">Everything but storing it.</param>
public sealed record ApplyOptions(string FieldManager, bool Force = true, string? Subresource = null, bool DryRun = false);

/// <summary>A patch to an object.</summary>
/// <param name="Type">How <paramref name="Content"/> is to be read.</param>
/// <param name="Content">The patch: an object for a merge patch, an array for a JSON patch.</param>
public sealed record Patch(PatchType Type, JsonNode Content)
{
    /// <summary>Such as <c>status</c> or <c>scale</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Who owns the fields written.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Everything but storing it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>The patch formats of RFC 7386, RFC 6902 and Kubernetes.</summary>
public enum PatchType
{
    /// <summary>RFC 7386: <c>application/merge-patch+json</c>.</summary>
    Merge,

    /// <summary>RFC 6902: <c>application/json-patch+json</c>.</summary>
    Json,

    /// <summary><c>application/strategic-merge-patch+json</c>, for built-in kinds only.</summary>
    StrategicMerge,
}

/// <summary>What must hold for a deletion, and what becomes of dependents.</summary>
public sealed record DeleteOptions
{
    /// <summary>Only the object with this UID.</summary>
    public string? Uid { get; init; }

    /// <summary>Only the object at this version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null leaves it to the kind.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Seconds before it is killed; null leaves it to the object.</summary>
    public long? GracePeriodSeconds { get; init; }
}

/// <summary>Which part of a container's log, and whether to follow it.</summary>
public sealed record LogOptions
{
    /// <summary>The container; null for the only one.</summary>
    public string? Container { get; init; }

    /// <summary>Stay until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Of the container before the present one.</summary>
    public bool Previous { get; init; }

    /// <summary>Only the last lines.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is newer than this.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>At most this many bytes.</summary>
    public long? LimitBytes { get; init; }
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
