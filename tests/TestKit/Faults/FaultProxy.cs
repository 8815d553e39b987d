using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.TestKit;

/// <summary>Stands between an operator and the API server, in a process of its own kind: plain HTTP to the one, TLS to the other. A rule looks at
/// every request and says what becomes of it.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ProxiedWatch, bool> _watches = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly ClusterConfig _cluster;
    private readonly Task _accepting;
    private int _requests;

    /// <summary>Starts one before an API server.</summary>
    public FaultProxy(ClusterConfig cluster)
    {
        _cluster = cluster;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Says what becomes of a request. Default: all pass. Asked on many threads.</summary>
    public Func<ProxiedRequest, ProxyRule> Rule { get; set; } = static _ => ProxyRule.Pass;

    /// <summary>The streams of changes that are open.</summary>
    public IReadOnlyCollection<ProxiedWatch> Watches => [.. _watches.Keys];

    /// <summary>Called for every answer: the request, and its status.</summary>
    public Action<ProxiedRequest, int> Answered { get; set; } = static (_, _) => { };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                var serving = ServeAsync(socket);
                _connections[serving] = true;
                _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var client = new HttpWire(socket, new NetworkStream(socket, ownsSocket: false));
        HttpWire? server = null;
        try
        {
            while (await client.ReadHeadAsync(_stop.Token) is { } head)
            {
                var body = await client.ReadBodyAsync(head, _stop.Token);
                if (server is null or { IsClosed: true })
                {
                    server?.Dispose();
                    server = null;
                }

                var parts = head.StartLine.Split(' ');
                var request = new ProxiedRequest(Interlocked.Increment(ref _requests), parts[0], parts[1], head.Value("Impersonate-User"), body);
                if (!await ForwardAsync(request, head, body, client, async () => server ??= await ConnectAsync()))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side went away: so does the other.
        }
        finally
        {
            server?.Dispose();
        }
    }

    // Returns whether the connection lives on.
    private async Task<bool> ForwardAsync(ProxiedRequest request, HttpHead head, byte[] body, HttpWire client, Func<Task<HttpWire>> connect)
    {
        var rule = Rule(request);
        if (rule.Before is { } before)
        {
            await before();
        }

        if ((rule.Answer is not null || rule.Drop || rule.Body is not null) && !rule.Commit)
        {
            return await EndAsync(request, rule, client);
        }

        var server = await connect();
        await server.WriteAsync(Plain(head, body), body, _stop.Token);
        var answer = await server.ReadHeadAsync(_stop.Token) ?? throw new IOException("the API server went away");
        if (request.IsWatch && answer.Status == 200 && answer.IsChunked)
        {
            await WatchAsync(request, rule, answer, client, server);
            return false;
        }

        var content = await server.ReadBodyAsync(answer, _stop.Token);
        if (answer.Status == 200)
        {
            rule.Seen?.Invoke(content);
        }

        if (rule.After is { } after)
        {
            await after();
        }

        if (rule.Commit)
        {
            return await EndAsync(request, rule, client);
        }

        Answered(request, answer.Status);
        await client.WriteAsync(answer.WithLength(content.Length), content, _stop.Token);
        return !answer.Closes;
    }

    private async Task WatchAsync(ProxiedRequest request, ProxyRule rule, HttpHead answer, HttpWire client, HttpWire server)
    {
        using var watch = new ProxiedWatch(request, client, rule.Watch);
        _watches[watch] = true;
        try
        {
            await client.WriteAsync(answer, ReadOnlyMemory<byte>.Empty, _stop.Token);
            await watch.RelayAsync(server, _stop.Token);
        }
        finally
        {
            _watches.TryRemove(watch, out _);
        }
    }

    private async Task<bool> EndAsync(ProxiedRequest request, ProxyRule rule, HttpWire client)
    {
        if (rule.Drop)
        {
            client.Reset();
            return false;
        }

        var status = rule.Answer ?? 200;
        Answered(request, status);
        var body = rule.Body ?? Encoding.UTF8.GetBytes(new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["status"] = "Failure",
            ["reason"] = Reason(status),
            ["message"] = "a fault of the tests",
            ["code"] = status,
        }.ToJsonString());
        List<KeyValuePair<string, string>> headers = [KeyValuePair.Create("Content-Type", "application/json")];
        if (rule.RetryAfter is { } seconds)
        {
            headers.Add(KeyValuePair.Create("Retry-After", $"{seconds}"));
        }

        await client.WriteAsync(new HttpHead($"HTTP/1.1 {status} {Reason(status)}", headers).WithLength(body.Length), body, _stop.Token);
        return true;
    }

    // Rules read and replace bodies, so nothing is to come compressed.
    private static HttpHead Plain(HttpHead head, byte[] body)
    {
        var plain = head with { Headers = [.. head.Headers.Where(static header => !header.Key.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase))] };
        return body.Length > 0 || head.ContentLength is not null || head.IsChunked ? plain.WithLength(body.Length) : plain;
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        409 => "Conflict",
        410 => "Expired",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "InternalError",
    };

    private async Task<HttpWire> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_cluster.Server.Host, _cluster.Server.Port, _stop.Token);
            var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));

            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.AddRange(_cluster.CertificateAuthorities!);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = _cluster.Server.Host, CertificateChainPolicy = trust }, _stop.Token);
            return new HttpWire(socket, tls);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
