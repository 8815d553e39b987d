using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;

namespace RunbookOperator.Kubernetes;

/// <summary>Sends requests to one API server and turns refusals into exceptions.</summary>
internal sealed class ApiConnection(Uri server, HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private static readonly string UserAgent =
        $"runbook-operator/{typeof(ApiConnection).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);
    private readonly string _server = server.AbsoluteUri.TrimEnd('/');

    /// <summary>Sends a request and makes something of the whole answer, of whose bytes <paramref name="read"/> may keep nothing.</summary>
    public async Task<T> SendAsync<T>(
        ApiRequest request, Impersonation? identity, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        using var body = await WithinAsync(KubernetesClient.RequestTimeout, request, async token =>
        {
            using var response = await SendCoreAsync(request, identity, token);
            return await PooledBody.ReadAsync(response.Content, token);
        }, cancellationToken);
        return read(body.Bytes);
    }

    /// <summary>Sends a request and returns the answer's body as it comes. Only the answer's head is subject to a timeout.</summary>
    public Task<Stream> OpenAsync(ApiRequest request, Impersonation? identity, CancellationToken cancellationToken) =>
        WithinAsync(request.Patient ? Timeout.InfiniteTimeSpan : KubernetesClient.RequestTimeout, request, async token =>
        {
            var response = await SendCoreAsync(request, identity, token);
            return await response.Content.ReadAsStreamAsync(token);
        }, cancellationToken);

    /// <summary>Opens a WebSocket. Only the handshake is subject to a timeout.</summary>
    public Task<WebSocket> ConnectAsync(
        ApiRequest request, Impersonation? identity, IReadOnlyList<string> protocols, CancellationToken cancellationToken) =>
        WithinAsync(KubernetesClient.RequestTimeout, request, async token =>
        {
            var socket = WebSocketHandshake.Prepare(protocols);
            try
            {
                using var invoker = new HttpMessageInvoker(new WebSocketHandshake(_invoker, HeadersOf(identity)));
                await socket.ConnectAsync(WebSocketHandshake.AddressOf(Address(request)), invoker, token);
                return (WebSocket)socket;
            }
            catch (Exception exception)
            {
                socket.Dispose();
                throw WebSocketHandshake.Translate(exception, request);
            }
        }, cancellationToken);

    public void Dispose() => _invoker.Dispose();

    private async Task<HttpResponseMessage> SendCoreAsync(ApiRequest request, Impersonation? identity, CancellationToken cancellationToken)
    {
        using var message = ToMessage(request, identity);
        var response = await _invoker.SendAsync(message, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiErrors.FromResponseAsync(response, cancellationToken);
        }
    }

    // A timeout of ours is a broken connection to the caller; a cancellation of the caller's stays one.
    private async Task<T> WithinAsync<T>(
        TimeSpan limit, ApiRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await send(linked.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{request.Method} {request.Path}: no answer within {limit.TotalSeconds:0} s.", exception);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"{request.Method} {request.Path}: {exception.Message}", exception);
        }
    }

    private HttpRequestMessage ToMessage(ApiRequest request, Impersonation? identity)
    {
        var message = new HttpRequestMessage(request.Method, Address(request))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        foreach (var (name, value) in HeadersOf(identity))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(request.ContentType) } };
        }

        return message;
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(Impersonation? identity) =>
        [KeyValuePair.Create("User-Agent", UserAgent), .. identity?.Headers() ?? []];

    // The path is appended, not resolved: the server may live below a path of its own, and "//host" must not lead elsewhere.
    private Uri Address(ApiRequest request) => request.Path.StartsWith('/')
        ? new Uri(_server + request.Path)
        : throw new ArgumentException($"\"{request.Path}\" does not begin with a slash.", nameof(request));
}
