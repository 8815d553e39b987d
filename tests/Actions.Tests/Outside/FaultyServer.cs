using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RunbookOperator.Actions.Tests.Outside;

/// <summary>A small real server on the loopback that does what it is told, also what no good server does.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Func<Stream, string, CancellationToken, Task> _answer;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    private FaultyServer(Func<Stream, string, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What came in: head and body of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Answers each request with these bytes, and closes.</summary>
    public static FaultyServer Saying(string answer) => Doing((stream, _, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), token).AsTask());

    /// <summary>Answers each request with a body.</summary>
    public static FaultyServer Answering(int status, string body, string headers = "") =>
        Saying($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

    public static FaultyServer Doing(Func<Stream, string, CancellationToken, Task> answer, X509Certificate2? certificate = null) => new(answer, certificate);

    /// <summary>A certificate for 127.0.0.1 that nobody has signed but itself.</summary>
    public static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
        _certificate?.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(HandleAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task HandleAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                stream = secure;
            }

            var request = await ReadAsync(stream);
            if (request.Length == 0)
            {
                return;
            }

            _requests.Enqueue(request);
            await _answer(stream, request, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && all.Length - end - 4 >= Length(all[..end])))
            {
                return all;
            }
        }
    }

    private static int Length(string head)
    {
        const string name = "Content-Length: ";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[name.Length..]);
    }
}
