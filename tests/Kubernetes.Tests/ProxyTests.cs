using System.Text;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class ProxyTests
{
    [Fact]
    public async Task A_request_goes_through_an_http_proxy_with_its_password()
    {
        string[] expected = ["Basic amFuZTpzM2NyZXQ="];
        var given = new List<string>();
        await using var proxy = new HttpServer(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            var authorization = head.FirstOrDefault(line => line.StartsWith("Proxy-Authorization: ", StringComparison.OrdinalIgnoreCase));
            if (authorization is null)
            {
                await connection.WriteAsync("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                return;
            }

            given.Add(authorization.Split(": ")[1]);
            Assert.StartsWith("GET http://cluster.invalid:8080/version ", head[0], StringComparison.Ordinal);
            await connection.AnswerAsync("through");
        });
        using var client = Client($"http://jane:s3cret@127.0.0.1:{proxy.Port}");

        Assert.Equal("through", await client.GetRawAsync("/version", CancellationToken.None));
        Assert.Equal(expected, given);
    }

    [Fact]
    public async Task A_request_goes_through_a_socks_proxy_that_looks_the_name_up()
    {
        var asked = "";
        await using var proxy = new HttpServer(async connection =>
        {
            asked = await AcceptSocksAsync(connection);
            await connection.ReadHeadAsync();
            await connection.AnswerAsync("through");
        });
        using var client = Client($"socks5://127.0.0.1:{proxy.Port}");

        Assert.Equal("through", await client.GetRawAsync("/version", CancellationToken.None));
        Assert.Equal("cluster.invalid:8080", asked);
    }

    [Fact]
    public async Task A_request_goes_through_an_https_proxy()
    {
        using var root = Certificates.Authority("root");
        using var certificate = Certificates.Issue("proxy", root, "localhost");
        var hello = new TaskCompletionSource<byte>();
        await using var proxy = new HttpServer(async connection =>
        {
            var first = new byte[1];
            await connection.Stream.ReadExactlyAsync(first, connection.Stopped);
            hello.SetResult(first[0]);
        });
        using var client = Client($"https://localhost:{proxy.Port}");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetRawAsync("/version", CancellationToken.None));

        // A TLS handshake begins with this byte (RFC 8446, 5.1).
        Assert.Equal(22, await hello.Task);
    }

    private static KubernetesClient Client(string proxy) =>
        new(new ClusterConfig { Server = new Uri("http://cluster.invalid:8080"), Proxy = new Uri(proxy) });

    // RFC 1928: no authentication, CONNECT, by name.
    private static async Task<string> AcceptSocksAsync(Connection connection)
    {
        var greeting = new byte[2];
        await connection.Stream.ReadExactlyAsync(greeting, connection.Stopped);
        await connection.Stream.ReadExactlyAsync(new byte[greeting[1]], connection.Stopped);
        await connection.Stream.WriteAsync(new byte[] { 5, 0 }, connection.Stopped);
        var request = new byte[5];
        await connection.Stream.ReadExactlyAsync(request, connection.Stopped);
        Assert.Equal(3, request[3]);
        var name = new byte[request[4] + 2];
        await connection.Stream.ReadExactlyAsync(name, connection.Stopped);
        await connection.Stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, connection.Stopped);
        return $"{Encoding.ASCII.GetString(name[..^2])}:{(name[^2] << 8) | name[^1]}";
    }
}
