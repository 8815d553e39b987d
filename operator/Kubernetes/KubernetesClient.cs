using System.Net.WebSockets;
using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>The client over HTTP. Safe for use by many at once.</summary>
public sealed class KubernetesClient : IKubernetesClient, IDisposable
{
    /// <summary>How long a request may take, its answer read. Watches, followed logs and what runs in a container are not bounded by it.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly ApiConnection _connection;
    private readonly Impersonation? _identity;
    private readonly Discovery _discovery;
    private readonly bool _owner;

    /// <summary>Connects as a configuration says.</summary>
    /// <param name="config">Where and who.</param>
    /// <param name="json">How objects are written and read; null for <see cref="KubernetesJson.Options"/>.</param>
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
        _identity = identity;
        _discovery = new Discovery(this.SendAsync, time ?? TimeProvider.System);
        _owner = true;
        Json = json ?? KubernetesJson.Options;
    }

    private KubernetesClient(KubernetesClient other, Impersonation identity)
    {
        _connection = other._connection;
        _discovery = other._discovery;
        _identity = identity;
        Json = other.Json;
    }

    /// <inheritdoc/>
    public JsonSerializerOptions Json { get; }

    /// <inheritdoc/>
    public IKubernetesClient As(Impersonation identity) => new KubernetesClient(this, identity);

    /// <inheritdoc/>
    public Task<T> SendAsync<T>(ApiRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken) =>
        _connection.SendAsync(request, _identity, read, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        _connection.OpenAsync(request, _identity, cancellationToken);

    /// <inheritdoc/>
    public Task<WebSocket> ConnectAsync(ApiRequest request, IReadOnlyList<string> protocols, CancellationToken cancellationToken) =>
        _connection.ConnectAsync(request, _identity, protocols, cancellationToken);

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

    private static HttpMessageHandler Wrap(HttpMessageHandler handler, Func<HttpMessageHandler, HttpMessageHandler>? wrap) =>
        wrap is null ? handler : wrap(handler);
}
