using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RunbookOperator.Alerts;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Alerts;

public sealed class AlertEndpointTests : IAsyncLifetime, IDisposable
{
    private const string Token = "sixteen-bytes-at-least";

    private const string Notification =
        """{"groupKey":"g","alerts":[{"status":"firing","labels":{"alertname":"Slow","service":"checkout"},"startsAt":"2026-11-21T03:00:00Z"}]}""";

    private readonly HttpClient _http = new();
    private readonly IncidentServer _incidents = new();
    private KubernetesClient _kubernetes = null!;
    private AlertEndpoint _endpoint = null!;
    private WebApplication _web = null!;

    public async Task InitializeAsync()
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(Token));
        _kubernetes = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(request => request.Uri.AbsolutePath.EndsWith("/secrets/main", StringComparison.Ordinal)
            ? WireHandler.Json($$$"""{"metadata":{"name":"main","labels":{"runbooks.dev/alerts":"alertmanager"}},"data":{"token":"{{{data}}}"}}""")
            : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound")));
        _endpoint = new AlertEndpoint(new AlertSecrets(_kubernetes, _incidents.Time), _incidents.Intake, _incidents.Time, NullLogger<AlertEndpoint>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _endpoint.Map(_web);
        await _web.StartAsync();
        _http.BaseAddress = new Uri(_web.Urls.Single());
    }

    public async Task DisposeAsync() => await _web.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _kubernetes.Dispose();
        _endpoint.Dispose();
        _incidents.Dispose();
    }

    [Fact]
    public async Task A_notification_is_stored_and_only_then_accepted()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Notification)).StatusCode);
        Assert.Single(_incidents.Stored);
    }

    [Theory]
    [InlineData("/alerts/alertmanager/shop/main", "wrong-but-long-enough")]
    [InlineData("/alerts/alertmanager/shop/main", null)]
    [InlineData("/alerts/alertmanager/shop/other", Token)]
    [InlineData("/alerts/grafana/shop/main", Token)]
    [InlineData("/alerts/alertmanager/..%2Fshop/main", Token)]
    [InlineData("/alerts/alertmanager/shop/main%3Fx", Token)]
    [InlineData("/alerts/alertmanager/SHOP/main", Token)]
    public async Task Whoever_is_not_known_is_sent_away(string path, string? token)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Notification, path, token)).StatusCode);
        Assert.Empty(_incidents.Handler.Requests);
    }

    [Fact]
    public async Task Whoever_is_not_known_is_sent_away_before_the_body_is_read()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_http.BaseAddress!.Host, _http.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("POST /alerts/alertmanager/shop/main HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"alerts\":[]}")]
    [InlineData("{\"alerts\":[{}]}")]
    public async Task What_cannot_be_read_is_refused_for_good(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(body)).StatusCode);
        Assert.Empty(_incidents.Writes);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(Notification.PadRight(AlertLimits.Body + 1))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Notification.PadRight(AlertLimits.Body))).StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task What_cannot_be_stored_now_is_to_be_sent_again(HttpStatusCode refusal)
    {
        _incidents.Before = _ => Task.FromResult<HttpResponseMessage?>(WireHandler.Refusal(refusal, "No"));

        using var answer = await PostAsync(Notification);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        _incidents.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Notification)).StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task What_never_fits_is_refused_for_good_unless_something_beside_it_is_to_be_sent_again(HttpStatusCode beside, HttpStatusCode answer)
    {
        _incidents.Before = request => Task.FromResult(request.Method == "GET" ? null
            : WireHandler.Refusal(request.Body.Contains("hostile", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : beside, "No"));
        const string two = """
            {"groupKey":"g","alerts":[
            {"status":"firing","labels":{"service":"hostile"},"startsAt":"2026-11-21T03:00:00Z"},
            {"status":"firing","labels":{"service":"checkout"},"startsAt":"2026-11-21T03:00:00Z"}]}
            """;

        Assert.Equal(answer, (await PostAsync(two)).StatusCode);
    }

    [Fact]
    public async Task A_broken_connection_to_the_cluster_is_to_be_tried_again()
    {
        _incidents.Before = _ => throw new HttpRequestException("gone");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(Notification)).StatusCode);
    }

    [Fact]
    public async Task More_requests_than_there_are_places_are_told_to_come_again_with_503()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var arrived = new SemaphoreSlim(0);
        _incidents.Before = async _ =>
        {
            arrived.Release();
            await gate.Task;
            return null;
        };

        // One key for each, so that each waits for a place of its own at the API server.
        var waiting = Enumerable.Range(0, AlertLimits.Concurrent).Select(i => PostAsync(Notification.Replace("checkout", $"s{i}", StringComparison.Ordinal))).ToList();
        for (var i = 0; i < AlertLimits.Concurrent; i++)
        {
            await arrived.WaitAsync();
        }

        using var refused = await PostAsync(Notification);
        gate.SetResult();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Notification)).StatusCode);
    }

    [Fact]
    public async Task Nothing_of_the_token_is_said_to_anybody()
    {
        foreach (var token in new[] { Token, Token + "x" })
        {
            Assert.DoesNotContain(Token, await (await PostAsync("{}", token: token)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string path = "/alerts/alertmanager/shop/main", string? token = Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request);
    }
}
