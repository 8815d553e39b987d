using System.Net;
using System.Net.WebSockets;

namespace RunbookOperator.Kubernetes;

/// <summary>Asks for a WebSocket through the handlers of all other requests. A refusal is told as the API server words it, which
/// <see cref="ClientWebSocket"/> by itself does not.</summary>
internal sealed class WebSocketHandshake(HttpMessageInvoker inner, IEnumerable<KeyValuePair<string, string>> headers) : HttpMessageHandler
{
    /// <summary>A socket, not yet connected.</summary>
    public static ClientWebSocket Prepare(IReadOnlyList<string> protocols)
    {
        var socket = new ClientWebSocket();
        foreach (var protocol in protocols)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        return socket;
    }

    /// <summary>http becomes ws, and https wss.</summary>
    public static Uri AddressOf(Uri address) =>
        new UriBuilder(address) { Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;

    /// <summary>What a failed handshake means to the caller.</summary>
    public static Exception Translate(Exception exception, ApiRequest request) => exception switch
    {
        WebSocketException { InnerException: ApiException refusal } => refusal,
        WebSocketException { InnerException: ConfigurationException mistake } => mistake,
        WebSocketException broken => new HttpRequestException($"{request.Method} {request.Path}: {broken.Message}", broken),
        _ => exception,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Not by the socket's options: those keep one value of a header.
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await inner.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return response;
        }

        using (response)
        {
            throw await ApiErrors.FromResponseAsync(response, cancellationToken);
        }
    }
}
