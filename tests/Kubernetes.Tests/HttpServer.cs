using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>A server made by hand, one request a connection: shows what really goes over the wire, and acts as a proxy.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Connection, Task> _serve;
    private readonly Task _running;
    private readonly List<Task> _connections = [];

    public HttpServer(Func<Connection, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            await _serve(new Connection(client.GetStream(), _stop.Token));
        }
    }
}

/// <summary>A connection to <see cref="HttpServer"/>.</summary>
internal sealed class Connection(Stream stream, CancellationToken stopped)
{
    public Stream Stream { get; private set; } = stream;

    public CancellationToken Stopped => stopped;

    /// <summary>Takes TLS, and asks for a client certificate.</summary>
    /// <returns>The subjects of the certificates that the client sent, its own first.</returns>
    public async Task<IReadOnlyList<string>> AcceptTlsAsync(X509Certificate2 server)
    {
        List<string> sent = [];
        var tls = new SslStream(Stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = server,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    if (certificate is not null)
                    {
                        sent = [certificate.Subject, .. chain!.ChainPolicy.ExtraStore.Select(extra => extra.Subject).Where(subject => subject != certificate.Subject)];
                    }

                    return true;
                },
            },
            stopped);
        Stream = tls;
        return sent;
    }

    /// <summary>The lines of a request's head; a body is read and dropped.</summary>
    public async Task<IReadOnlyList<string>> ReadHeadAsync()
    {
        List<byte> head = [];
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await Stream.ReadExactlyAsync(one, stopped);
            head.Add(one[0]);
        }

        string[] lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var length = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        await Stream.ReadExactlyAsync(new byte[length is null ? 0 : int.Parse(length.Split(':')[1])], stopped);
        return lines;
    }

    public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopped);

    public Task AnswerAsync(string body, string status = "200 OK") =>
        WriteAsync($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
