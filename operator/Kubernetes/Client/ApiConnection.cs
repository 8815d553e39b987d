using System.Net;
using System.Net.Http.Headers;

namespace RunbookOperator.Kubernetes;

/// <summary>Sends requests to one API server and turns refusals into exceptions.</summary>
internal sealed class ApiConnection : IDisposable
{
    private static readonly ProductInfoHeaderValue UserAgent =
        new("runbook-operator", typeof(ApiConnection).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly HttpMessageInvoker _invoker;
    private readonly string _server;
    private readonly TimeProvider _time;

    public ApiConnection(Uri server, HttpMessageHandler handler, TimeProvider time)
    {
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
        _server = server.AbsoluteUri.TrimEnd('/');
        _time = time;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public Task<byte[]> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, static body => body.ToArray(), cancellationToken);

    /// <summary>Sends a request and makes something of the whole answer, of whose bytes <paramref name="read"/> may keep nothing.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(KubernetesClient.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var body = await TranslateAsync(request, timeout, async () =>
        {
            using var response = await SendCoreAsync(request, linked.Token);
            return await PooledBody.ReadAsync(response.Content, linked.Token);
        }, cancellationToken);
        return read(body.Bytes);
    }

    /// <summary>Sends a request and returns the answer's body as it comes. Only the answer's head is subject to a timeout.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limitHead">Whether the head must come in time: a followed log may send nothing for long.</param>
    /// <param name="cancellationToken">Cancels the request, and the stream with it.</param>
    public async Task<Stream> OpenAsync(ApiRequest request, bool limitHead, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limitHead ? KubernetesClient.RequestTimeout : Timeout.InfiniteTimeSpan, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        return await TranslateAsync(request, timeout, async () =>
        {
            var response = await SendCoreAsync(request, linked.Token);
            return await response.Content.ReadAsStreamAsync(linked.Token);
        }, cancellationToken);
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<HttpResponseMessage> SendCoreAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = ToMessage(request);
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
    private static async Task<T> TranslateAsync<T>(
        ApiRequest request, CancellationTokenSource timeout, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"{request.Method} {request.Path}: no answer within {KubernetesClient.RequestTimeout.TotalSeconds:0} s.", exception);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"{request.Method} {request.Path}: {exception.Message}", exception);
        }
    }

    private HttpRequestMessage ToMessage(ApiRequest request)
    {
        // The path is appended, not resolved: the server may live below a path of its own, and "//host" must not lead elsewhere.
        var message = new HttpRequestMessage(request.Method, new Uri(_server + request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue(UserAgent.Product!));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(request.Accept));
        if (request.Identity is { } identity)
        {
            message.Headers.TryAddWithoutValidation("Impersonate-User", identity.User);
            foreach (var group in identity.Groups)
            {
                message.Headers.TryAddWithoutValidation("Impersonate-Group", group);
            }
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(request.ContentType) } };
        }

        return message;
    }
}
