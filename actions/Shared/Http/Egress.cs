using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Actions;

/// <summary>
/// Sends each request over a connection of its own, to an address that was looked up once, judged, and is the one connected to: no name can
/// mean one machine when it is judged and another when it is used. No proxy, no redirect, no cookie, no compression.
/// </summary>
/// <param name="options">What may be spoken to.</param>
/// <param name="time">The clock.</param>
/// <param name="resolve">Looks up the addresses of a name; null for the system's way.</param>
public sealed class Egress(EgressOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : IEgress
{
    private const int MaximumHeadersKilobytes = 32;
    private const int ReadSize = 16 * 1024;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <inheritdoc/>
    public async Task<EgressAnswer> SendAsync(EgressRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = new CancellationTokenSource(request.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var connection = new EgressConnection(request, options, _resolve);
        using var handler = Handler(request, connection);
        using var invoker = new HttpMessageInvoker(handler);
        using var message = Message(request);
        try
        {
            using var answer = await invoker.SendAsync(message, both.Token);
            return await ReadAsync(request, answer, both.Token, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is EgressException inner)
        {
            throw new EgressException(inner.Failure, inner.Message, exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.SecureConnectionError || exception.InnerException is AuthenticationException)
        {
            throw new EgressException(EgressFailure.Unreachable, $"{request} did not prove with its certificate that it is who was meant", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw NotAnswered(request, connection, "", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotAnswered(request, connection, $" within {request.Timeout.TotalSeconds:0} s", exception);
        }
    }

    private static EgressException NotAnswered(EgressRequest request, EgressConnection connection, string when, Exception inner) => connection.IsOpen
        ? new EgressException(EgressFailure.NoAnswer, $"{request} did not answer{when}", inner)
        : new EgressException(EgressFailure.Unreachable, $"{request} cannot be reached{when}", inner);

    private static SocketsHttpHandler Handler(EgressRequest request, EgressConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MaximumHeadersKilobytes,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, token) => connection.OpenAsync(context.DnsEndPoint, token),
        };
        if (request.Authorities is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    private static HttpRequestMessage Message(EgressRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Url) { Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation("User-Agent", "runbook-operator");
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    // The status is known by now: what becomes of the body is told beside it.
    private static async Task<EgressAnswer> ReadAsync(
        EgressRequest request, HttpResponseMessage message, CancellationToken both, CancellationToken cancellationToken)
    {
        var answer = new EgressAnswer((int)message.StatusCode, message.Content.Headers.ContentType?.MediaType ?? "", ReadOnlyMemory<byte>.Empty);
        using var body = new MemoryStream();
        var ending = EgressEnding.Whole;
        try
        {
            using var stream = await message.Content.ReadAsStreamAsync(both);
            var buffer = new byte[ReadSize];
            int read;
            while ((read = await stream.ReadAsync(buffer, both)) > 0)
            {
                var room = request.MaximumBytes - (int)body.Length;
                body.Write(buffer, 0, Math.Min(room, read));
                if (read > room)
                {
                    ending = EgressEnding.TooLong;
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ending = EgressEnding.Broken;
        }

        return answer with { Body = body.ToArray(), Ending = ending };
    }
}
