using System.Net.WebSockets;
using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>
/// A thin client of the Kubernetes API. It retries nothing: policy lives with the caller. Every failure that the API server answered is an
/// <see cref="ApiException"/>; a broken connection is an <see cref="HttpRequestException"/>. The one exception is documented at
/// <see cref="ClusterConfig"/>: a 401 with credentials from a program asks the program again, once.
/// There is no PUT: a typed PUT silently drops the fields that our types do not know.
/// What can be done with objects stands in extension methods over the few members here: <see cref="ObjectCalls"/>,
/// <see cref="UntypedCalls"/>, <see cref="ListCalls"/>, <see cref="WatchCalls"/>, <see cref="MetadataCalls"/>, <see cref="PodCalls"/>,
/// <see cref="ExecCalls"/>, <see cref="TokenCalls"/> and <see cref="ServerCalls"/>.
/// </summary>
public interface IKubernetesClient
{
    /// <summary>How objects are written and read.</summary>
    JsonSerializerOptions Json { get; }

    /// <summary>The same connection, acting as somebody else (Impersonate-User, -Group, -Uid, -Extra).</summary>
    IKubernetesClient As(Impersonation identity);

    /// <summary>Sends a request and makes something of the whole answer, within <see cref="KubernetesClient.RequestTimeout"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the answer's bytes, of which it may keep nothing: their buffer is used again.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<T> SendAsync<T>(ApiRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken);

    /// <summary>Sends a request and returns the answer's body as it comes. The token ends the request; give it to the reads too.</summary>
    Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken);

    /// <summary>Opens a WebSocket, with the same TLS, credentials, proxy and identity as every other request.</summary>
    /// <param name="request">A GET.</param>
    /// <param name="protocols">The subprotocols, the best first. The server's choice is in <see cref="WebSocket.SubProtocol"/>.</param>
    /// <param name="cancellationToken">Ends the handshake.</param>
    Task<WebSocket> ConnectAsync(ApiRequest request, IReadOnlyList<string> protocols, CancellationToken cancellationToken);

    /// <summary>Finds a kind by name (<c>Deployment</c>, <c>deployments</c>, <c>deploy</c>, <c>deployments.apps</c>), where
    /// <paramref name="apiVersion"/> is given in that group and version, else in the version the server prefers among those that have the
    /// kind. A subresource is found as <c>pods/eviction</c>; group and version are then those of its own kind. Null if there is none.</summary>
    Task<ResourceDefinition?> DiscoverAsync(string kind, string? apiVersion, CancellationToken cancellationToken);
}
