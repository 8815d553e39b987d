using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>What newer servers and broken connections do; see also <c>ServerExecTests</c>.</summary>
public sealed class ExecTests
{
    private const string Success = """{"metadata":{},"status":"Success"}""";
    private static readonly NamespacedName Web = new("shop", "web");

    [Fact]
    public async Task The_newest_protocol_tells_the_end_of_the_input()
    {
        IReadOnlyList<string> head = [];
        await using var server = Server("v5.channel.k8s.io", async socket =>
        {
            var said = Encoding.UTF8.GetString(await MessageAsync(socket));
            Assert.Equal("\0input", said);
            Assert.Equal([255, 0], await MessageAsync(socket));
            await SendAsync(socket, 1, "out");
            await SendAsync(socket, 2, "err");
            await SendAsync(socket, 3, Success);
        }, lines => head = lines);
        using var client = Client(server);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var input = new MemoryStream("input"u8.ToArray());

        var result = await client.As(new Impersonation("jane", ["a", "b"])).ExecAsync(
            Web, new ExecOptions { Command = ["sh", "-c", "a & b"], Container = "c", Input = input, Output = output, Error = error }, CancellationToken.None);

        Assert.Equal(new ExecResult(0, IsTruncated: false), result);
        Assert.Equal("out|err", $"{Text(output)}|{Text(error)}");
        Assert.Equal(
            "GET /api/v1/namespaces/shop/pods/web/exec?container=c&stdin=true&stdout=true&stderr=true&command=sh&command=-c&command=a%20%26%20b HTTP/1.1", head[0]);
        Assert.Equal(
            ["Impersonate-Group: a", "Impersonate-Group: b", "Impersonate-User: jane"],
            head.Where(line => line.StartsWith("Impersonate-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_exit_code_is_read_from_the_causes_of_the_status()
    {
        await using var server = Server("v4.channel.k8s.io", socket => SendAsync(socket, 3, """
            {"status":"Failure","reason":"NonZeroExitCode","message":"x","details":{"causes":[{"reason":"ExitCode","message":"42"}]}}
            """));
        using var client = Client(server);

        Assert.Equal(42, (await client.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None)).ExitCode);
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_dropped_and_said_so()
    {
        await using var server = Server("v4.channel.k8s.io", async socket =>
        {
            await SendAsync(socket, 1, new string('x', 100_000));
            await SendAsync(socket, 1, "y");
            await SendAsync(socket, 3, Success);
        });
        using var client = Client(server);
        using var output = new MemoryStream();

        var result = await client.ExecAsync(Web, new ExecOptions { Command = ["x"], Output = output, MaximumBytes = 50_000 }, CancellationToken.None);

        Assert.True(result.IsTruncated);
        Assert.Equal(new string('x', 50_000), Text(output));
    }

    [Fact]
    public async Task A_program_that_could_not_be_run_is_an_error()
    {
        await using var server = Server("v4.channel.k8s.io", socket => SendAsync(socket, 3, """{"status":"Failure","reason":"InternalError","message":"no","code":500}"""));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None));

        Assert.Equal("InternalError", error.Reason);
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_program_is_a_broken_one()
    {
        await using var closed = Server("v4.channel.k8s.io", socket => SendAsync(socket, 1, "half"));
        await using var cut = Server("v4.channel.k8s.io", socket =>
        {
            socket.Abort();
            return Task.CompletedTask;
        });
        using var one = Client(closed);
        using var two = Client(cut);

        await Assert.ThrowsAsync<HttpRequestException>(() => one.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None));
        await Assert.ThrowsAsync<HttpRequestException>(() => two.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None));
    }

    [Fact]
    public async Task A_status_without_end_is_not_read()
    {
        await using var server = Server("v4.channel.k8s.io", socket => SendAsync(socket, 3, new string('{', ExecSession.MaxStatus + 1)));
        using var client = Client(server);

        await Assert.ThrowsAsync<InvalidDataException>(() => client.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_waits_may_give_up()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = Server("v4.channel.k8s.io", async socket =>
        {
            await cancel.CancelAsync();
            await MessageAsync(socket);
        });
        using var client = Client(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ExecAsync(Web, new ExecOptions { Command = ["x"] }, cancel.Token));
    }

    [Fact]
    public async Task A_refusal_is_told_as_the_server_words_it()
    {
        await using var server = new HttpServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("""{"kind":"Status","reason":"Forbidden","message":"not you","code":403}""", "403 Forbidden");
        });
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ExecAsync(Web, new ExecOptions { Command = ["x"] }, CancellationToken.None));

        Assert.True(error.IsForbidden);
        Assert.Equal("not you", error.Message);
    }

    private static KubernetesClient Client(HttpServer server) => new(new ClusterConfig { Server = new Uri($"http://127.0.0.1:{server.Port}") });

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());

    // RFC 6455, 4.2.2.
    private static HttpServer Server(string protocol, Func<WebSocket, Task> speak, Action<IReadOnlyList<string>>? seen = null) => new(async connection =>
    {
        var head = await connection.ReadHeadAsync();
        seen?.Invoke(head);
        Assert.Contains("v5.channel.k8s.io, v4.channel.k8s.io", head.Single(line => line.StartsWith("Sec-WebSocket-Protocol:", StringComparison.Ordinal)), StringComparison.Ordinal);
        var key = head.Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.Ordinal)).Split(": ")[1];
#pragma warning disable CA5350 // The protocol wants SHA-1; it protects nothing here.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await connection.WriteAsync(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n");
        using var socket = WebSocket.CreateFromStream(connection.Stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol });
        await speak(socket);
        if (socket.State == WebSocketState.Open)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, connection.Stopped);
        }
    });

    private static Task SendAsync(WebSocket socket, byte channel, string text) => socket.SendAsync(
        (byte[])[channel, .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private static async Task<byte[]> MessageAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        return buffer[..(await socket.ReceiveAsync(buffer, CancellationToken.None)).Count];
    }
}
