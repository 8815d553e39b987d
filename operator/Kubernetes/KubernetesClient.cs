using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>The client over HTTP. Safe for use by many at once.</summary>
public sealed class KubernetesClient : IKubernetesClient, IDisposable
{
    /// <summary>How long a request may take, its answer read. Watches and followed logs are not bounded by it.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private const int PageSize = 500;

    private readonly ApiConnection _connection;
    private readonly JsonSerializerOptions _json;
    private readonly Impersonation? _identity;
    private readonly Discovery _discovery;
    private readonly bool _owner;

    /// <summary>Connects as a configuration says.</summary>
    /// <param name="config">Where and who.</param>
    /// <param name="json">How objects are decoded; null for <see cref="KubernetesJson.Options"/>.</param>
    /// <param name="wrap">Puts a handler between client and server, for tests that inject faults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public KubernetesClient(
        ClusterConfig config,
        JsonSerializerOptions? json = null,
        Func<HttpMessageHandler, HttpMessageHandler>? wrap = null,
        TimeProvider? time = null)
        : this(config.Server, Wrap(config.CreateHandler(time ?? TimeProvider.System), wrap), json, time, config.Impersonate)
    {
    }

    /// <summary>Speaks through <paramref name="handler"/>, which is disposed with the client.</summary>
    public KubernetesClient(
        Uri server, HttpMessageHandler handler, JsonSerializerOptions? json = null, TimeProvider? time = null, Impersonation? identity = null)
    {
        _connection = new ApiConnection(server, handler, time ?? TimeProvider.System);
        _json = json ?? KubernetesJson.Options;
        _identity = identity;
        _discovery = new Discovery(
            (path, cancellationToken) => _connection.SendAsync(new ApiRequest(HttpMethod.Get, path, identity), cancellationToken),
            time ?? TimeProvider.System);
        _owner = true;
    }

    private KubernetesClient(KubernetesClient other, Impersonation identity)
    {
        _connection = other._connection;
        _json = other._json;
        _discovery = other._discovery;
        _identity = identity;
    }

    /// <inheritdoc/>
    public IKubernetesClient As(Impersonation identity) => new KubernetesClient(this, identity);

    /// <inheritdoc/>
    public async Task<T> GetAsync<T>(NamespacedName name, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Decode<T>(await SendAsync(HttpMethod.Get, ResourcePath.OfObject(T.Definition, name), cancellationToken));

    /// <inheritdoc/>
    public async Task<T?> FindAsync<T>(NamespacedName name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await GetAsync<T>(name, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<KubernetesList<T>> ListAsync<T>(string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        await ListCoreAsync<T>(T.Definition, ns, options, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<T>> ListAllAsync<T>(string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        await AllPagesAsync(options, page => ListAsync<T>(ns, page, cancellationToken));

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        string? ns, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IKubernetesObject<T>
    {
        var query = new QueryString()
            .Add("watch", value: true)
            .Add("allowWatchBookmarks", options.AllowBookmarks)
            .Add("resourceVersion", options.ResourceVersion)
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("timeoutSeconds", options.Timeout is { } timeout ? (long)Math.Ceiling(timeout.TotalSeconds) : null);
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfCollection(T.Definition, ns) + query, _identity);
        await using var stream = await _connection.OpenAsync(request, limitHead: true, cancellationToken);
        await foreach (var change in WatchStream.ReadAsync(stream, new ObjectDecoder<T>(_json), cancellationToken))
        {
            yield return change;
        }
    }

    /// <inheritdoc/>
    public async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : IKubernetesObject<T>
    {
        var path = ResourcePath.OfCollection(T.Definition, T.Definition.Namespaced ? value.Metadata.Namespace ?? "" : null);
        return Decode<T>(await SendAsync(HttpMethod.Post, path, cancellationToken, Encode(value)));
    }

    /// <inheritdoc/>
    public async Task<T> ApplyAsync<T>(T value, ApplyOptions options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Decode<T>(await ApplyCoreAsync(T.Definition, NamespacedName.Of(value), Encode(value), options, cancellationToken));

    /// <inheritdoc/>
    public async Task<T> PatchAsync<T>(NamespacedName name, Patch patch, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Decode<T>(await PatchCoreAsync(T.Definition, name, patch, cancellationToken));

    /// <inheritdoc/>
    public async Task DeleteAsync<T>(NamespacedName name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        await SendAsync(HttpMethod.Delete, ResourcePath.OfObject(T.Definition, name), cancellationToken, DeletionOf(options));

    /// <inheritdoc/>
    public async Task<JsonObject> GetAsync(ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken) =>
        DecodeObject(await SendAsync(HttpMethod.Get, ResourcePath.OfObject(resource, name), cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(
        ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        await AllPagesAsync(options, page => ListCoreAsync<JsonObject>(resource, ns, page, cancellationToken));

    /// <inheritdoc/>
    public async Task<JsonObject> PatchAsync(ResourceDefinition resource, NamespacedName name, Patch patch, CancellationToken cancellationToken) =>
        DecodeObject(await PatchCoreAsync(resource, name, patch, cancellationToken));

    /// <inheritdoc/>
    public async Task<JsonObject> ApplyAsync(
        ResourceDefinition resource, NamespacedName name, JsonObject value, ApplyOptions options, CancellationToken cancellationToken) =>
        DecodeObject(await ApplyCoreAsync(resource, name, Bytes(value), options, cancellationToken));

    /// <inheritdoc/>
    public Task<Stream> LogsAsync(NamespacedName pod, LogOptions options, CancellationToken cancellationToken)
    {
        var query = new QueryString()
            .Add("container", options.Container)
            .Add("follow", options.Follow)
            .Add("previous", options.Previous)
            .Add("tailLines", options.TailLines)
            .Add("sinceSeconds", options.Since is { } since ? (long)Math.Ceiling(since.TotalSeconds) : null)
            .Add("limitBytes", options.LimitBytes);
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(Pod.Definition, pod, "log") + query, _identity) { Accept = "*/*" };
        return _connection.OpenAsync(request, limitHead: !options.Follow, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> GetRawAsync(string path, CancellationToken cancellationToken)
    {
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"\"{path}\" does not begin with a slash.", nameof(path));
        }

        var request = new ApiRequest(HttpMethod.Get, path, _identity) { Accept = "*/*" };
        return Encoding.UTF8.GetString(await _connection.SendAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ResourceDefinition?> DiscoverAsync(string kind, string? apiVersion, CancellationToken cancellationToken) =>
        _discovery.FindAsync(kind, apiVersion, cancellationToken);

    /// <summary>Closes the connections. Those made by <see cref="As"/> end with the client they came from.</summary>
    public void Dispose()
    {
        if (_owner)
        {
            _connection.Dispose();
        }
    }

    private Task<KubernetesList<T>> ListCoreAsync<T>(ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        _connection.SendAsync(
            new ApiRequest(HttpMethod.Get, ListPath(resource, ns, options), _identity), new ObjectDecoder<T>(_json).DecodeList, cancellationToken);

    private Task<byte[]> ApplyCoreAsync(
        ResourceDefinition resource, NamespacedName name, byte[] body, ApplyOptions options, CancellationToken cancellationToken)
    {
        var query = new QueryString().Add("fieldManager", options.FieldManager).Add("force", options.Force).AddDryRun(options.DryRun);
        var path = ResourcePath.OfObject(resource, name, options.Subresource) + query;
        return SendAsync(HttpMethod.Patch, path, cancellationToken, body, "application/apply-patch+yaml");
    }

    private Task<byte[]> PatchCoreAsync(ResourceDefinition resource, NamespacedName name, Patch patch, CancellationToken cancellationToken)
    {
        var query = new QueryString().Add("fieldManager", patch.FieldManager).AddDryRun(patch.DryRun);
        var path = ResourcePath.OfObject(resource, name, patch.Subresource) + query;
        return SendAsync(HttpMethod.Patch, path, cancellationToken, Bytes(patch.Content), MediaTypeOf(patch.Type));
    }

    private Task<byte[]> SendAsync(
        HttpMethod method, string path, CancellationToken cancellationToken, byte[]? body = null, string contentType = "application/json") =>
        _connection.SendAsync(new ApiRequest(method, path, _identity) { Body = body, ContentType = contentType }, cancellationToken);

    private static async Task<IReadOnlyList<T>> AllPagesAsync<T>(ListOptions? options, Func<ListOptions, Task<KubernetesList<T>>> list)
    {
        var items = new List<T>();
        var next = (options ?? new ListOptions()) with { Limit = options?.Limit ?? PageSize };
        while (true)
        {
            var page = await list(next);
            items.AddRange(page.Items);
            if (page.Continue is null)
            {
                return items;
            }

            // The token fixes the version of the whole list; the server refuses both together.
            next = next with { Continue = page.Continue, ResourceVersion = null };
        }
    }

    private static string ListPath(ResourceDefinition resource, string? ns, ListOptions? options) =>
        ResourcePath.OfCollection(resource, ns) + new QueryString()
            .Add("labelSelector", options?.LabelSelector)
            .Add("fieldSelector", options?.FieldSelector)
            .Add("limit", options?.Limit)
            .Add("continue", options?.Continue)
            .Add("resourceVersion", options?.ResourceVersion);

    private static string MediaTypeOf(PatchType type) => type switch
    {
        PatchType.Merge => "application/merge-patch+json",
        PatchType.Json => "application/json-patch+json",
        PatchType.StrategicMerge => "application/strategic-merge-patch+json",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such patch type."),
    };

    private byte[]? DeletionOf(DeleteOptions? options) => options is null ? null : Bytes(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "DeleteOptions",
        ["propagationPolicy"] = options.PropagationPolicy,
        ["gracePeriodSeconds"] = options.GracePeriodSeconds,
        ["preconditions"] = options is { Uid: null, ResourceVersion: null }
            ? null
            : new JsonObject { ["uid"] = options.Uid, ["resourceVersion"] = options.ResourceVersion },
    });

    // Typed objects need not repeat what their type says.
    private byte[] Encode<T>(T value)
        where T : IKubernetesObject<T>
    {
        var node = JsonSerializer.SerializeToNode(value, _json)!.AsObject();
        node["apiVersion"] = T.Definition.ApiVersion;
        node["kind"] = T.Definition.Kind;
        return Bytes(node);
    }

    private byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, _json);

    private T Decode<T>(byte[] body) => JsonSerializer.Deserialize<T>(body, _json) ?? throw new JsonException("The API server answered null.");

    private JsonObject DecodeObject(byte[] body) => Decode<JsonObject>(body);

    private static HttpMessageHandler Wrap(HttpMessageHandler handler, Func<HttpMessageHandler, HttpMessageHandler>? wrap) =>
        wrap is null ? handler : wrap(handler);
}
