using System.Net;
using System.Text;
using RunbookOperator.Alerts;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Alerts;

public sealed class AlertSecretsTests : IDisposable
{
    private const string Token = "sixteen-bytes-at-least";

    private readonly ManualTimeProvider _time = new();
    private readonly WireHandler _handler;
    private readonly KubernetesClient _client;
    private readonly AlertSecrets _secrets;
    private Func<HttpResponseMessage> _answer = () => Secret(Token);

    public AlertSecretsTests()
    {
        _handler = new WireHandler(_ => _answer());
        _client = new KubernetesClient(new Uri("https://kubernetes"), _handler);
        _secrets = new AlertSecrets(_client, _time);
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(true, "Bearer " + Token)]
    [InlineData(true, "bearer  " + Token + " ")]
    [InlineData(false, Token)]
    [InlineData(false, "Basic " + Token)]
    [InlineData(false, "Bearer ")]
    [InlineData(false, "Bearer " + Token + "x")]
    [InlineData(false, "Bearer sixteen-bytes-at-leas")]
    [InlineData(false, "")]
    [InlineData(false, null)]
    public async Task Only_the_token_itself_opens(bool opens, string? authorization) => Assert.Equal(opens, await AskAsync(authorization));

    [Fact]
    public async Task Without_a_token_the_API_server_is_not_even_asked()
    {
        await AskAsync(null);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("grafana", Token)]
    [InlineData(null, Token)]
    [InlineData("alertmanager", "short")]
    [InlineData("alertmanager", "")]
    [InlineData("alertmanager", null)]
    public async Task A_Secret_of_another_kind_or_without_a_long_token_opens_nothing(string? kind, string? token)
    {
        _answer = () => Secret(token, kind);
        Assert.False(await AskAsync("Bearer " + token));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "NotFound")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden")]
    public async Task A_Secret_that_is_not_there_or_not_shown_opens_nothing(HttpStatusCode code, string reason)
    {
        _answer = () => WireHandler.Refusal(code, reason);
        Assert.False(await AskAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.Unauthorized, "Unauthorized")]
    public async Task A_failure_to_ask_is_no_answer(HttpStatusCode code, string reason)
    {
        _answer = () => WireHandler.Refusal(code, reason);
        await Assert.ThrowsAsync<ApiException>(() => AskAsync());
        _answer = () => Secret(Token);
        Assert.True(await AskAsync());
    }

    [Fact]
    public async Task An_answer_is_used_for_ten_seconds_and_then_asked_for_again()
    {
        Assert.True(await AskAsync());
        _answer = () => Secret("another-long-token");
        _time.Advance(AlertSecrets.Kept - TimeSpan.FromSeconds(1));
        Assert.True(await AskAsync());
        Assert.Single(_handler.Requests);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await AskAsync());
        Assert.True(await AskAsync("Bearer another-long-token"));
    }

    [Fact]
    public async Task Guesses_at_names_are_forgotten_and_the_right_one_still_opens()
    {
        _answer = () => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
        for (var i = 0; i <= AlertSecrets.Remembered; i++)
        {
            Assert.False(await _secrets.AuthenticatesAsync("alertmanager", new NamespacedName("shop", $"guess-{i}"), "Bearer " + Token, CancellationToken.None));
        }

        _answer = () => Secret(Token);
        Assert.True(await AskAsync());
    }

    private Task<bool> AskAsync(string? authorization = "Bearer " + Token) =>
        _secrets.AuthenticatesAsync("alertmanager", new NamespacedName("shop", "main"), authorization, CancellationToken.None);

    private static HttpResponseMessage Secret(string? token, string? kind = "alertmanager")
    {
        var labels = kind is null ? "{}" : $$"""{"runbooks.dev/alerts":"{{kind}}"}""";
        var data = token is null ? "{}" : $$"""{"token":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(token + "\n"))}}"}""";
        return WireHandler.Json($$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"main","namespace":"shop","labels":{{labels}}},"data":{{data}}}""");
    }
}
