using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace RunbookOperator.Actions.Tests.Outside;

[Trait("Category", "EndToEnd")]
public sealed class PrometheusTests : IAsyncLifetime
{
    private readonly Channel<bool> _scrapes = Channel.CreateUnbounded<bool>();
    private FaultyServer _shop = null!;
    private PackagedServer _prometheus = null!;
    private volatile string _errors = "0.3";

    public async Task InitializeAsync()
    {
        _shop = FaultyServer.Doing(async (stream, _, token) =>
        {
            var text = $"# TYPE errors gauge\nerrors{{service=\"checkout\"}} {_errors}\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}"), token);
            _scrapes.Writer.TryWrite(true);
        });
        _prometheus = await PackagedServer.PrometheusAsync(_shop.Url);
        await ScrapedAsync();
    }

    public async Task DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_query_shows_each_series()
    {
        var outcome = await QueryAsync(new() { ["query"] = "errors" });

        Assert.Matches("^errors\\{instance=\"127.0.0.1:[0-9]+\",job=\"shop\",service=\"checkout\"\\} 0.3\n$", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal("3\n", Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(new() { ["query"] = "scalar(vector(1)) + 2" })).Output);
        Assert.Equal("no series\n", Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(new() { ["query"] = "nothing" })).Output);
    }

    [Fact]
    public async Task A_condition_is_waited_for_until_it_holds()
    {
        var with = new JsonObject { ["query"] = "errors{service=\"checkout\"}", ["expect"] = "< 0.05" };
        Assert.Equal("0.3, < 0.05 expected", Assert.IsType<ActionOutcome.Pending>(await QueryAsync(with)).Message);
        Assert.StartsWith("dry run: would wait, 0.3", Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(with, dryRun: true)).Output, StringComparison.Ordinal);

        _errors = "0.01";
        await ScrapedAsync();

        Assert.EndsWith(" 0.01\n", Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(with)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_must_have_held_for_as_long_as_asked()
    {
        var with = new JsonObject { ["query"] = "errors", ["expect"] = "< 0.05", ["for"] = "3s" };
        Assert.IsType<ActionOutcome.Pending>(await QueryAsync(with));
        _errors = "0.01";
        await ScrapedAsync();

        var waits = new List<string>();
        while (await QueryAsync(with) is ActionOutcome.Pending pending)
        {
            waits.Add(pending.Message);
            await ScrapedAsync();
        }

        Assert.Contains(waits, message => message.Contains("as expected, but only for", StringComparison.Ordinal));
        Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(with));
    }

    [Fact]
    public async Task No_series_is_a_condition_of_its_own()
    {
        Assert.IsType<ActionOutcome.Pending>(await QueryAsync(new() { ["query"] = "errors > 1", ["expect"] = "< 5" }));
        Assert.IsType<ActionOutcome.Succeeded>(await QueryAsync(new() { ["query"] = "errors > 1", ["expect"] = "none" }));
        Assert.IsType<ActionOutcome.Pending>(await QueryAsync(new() { ["query"] = "errors", ["expect"] = "none" }));
    }

    [Theory]
    [InlineData("every", false)]
    [InlineData("any", true)]
    [InlineData("last", true)]
    public async Task A_range_is_judged_at_every_any_or_the_last_moment(string at, bool holds)
    {
        var query = $"vector(time()) > bool {Now().ToUnixTimeSeconds() - 30}";
        var with = new JsonObject { ["query"] = query, ["range"] = "1m", ["step"] = "10s", ["expect"] = "== 1", ["at"] = at };

        var outcome = await OutsideWorld.ActAsync("prometheus/query-range", Context(with, dryRun: false));

        Assert.Equal(holds, outcome is ActionOutcome.Succeeded);
        if (outcome is ActionOutcome.Pending pending)
        {
            Assert.Matches("^== 1 expected at every moment, and it is so at [34] of 7; now 1$", pending.Message);
        }
    }

    [Fact]
    public async Task A_range_shows_last_lowest_and_highest_of_each_series()
    {
        var with = new JsonObject { ["query"] = $"vector(time() - {Now().ToUnixTimeSeconds() - 60})", ["range"] = "1m", ["step"] = "20s" };

        var output = Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("prometheus/query-range", Context(with, dryRun: false))).Output;

        Assert.Matches("^LAST   LOWEST   HIGHEST   POINTS   SERIES\n6[0-9]     [0-9]        6[0-9]        4        \\{\\}\n$", output);
    }

    [Theory]
    [InlineData("errors{", "parse error")]
    [InlineData("errors[5m", "parse error")]
    public async Task A_query_that_is_none_fails_with_the_words_of_Prometheus(string query, string words)
    {
        var failed = Assert.IsType<ActionOutcome.Failed>(await QueryAsync(new() { ["query"] = query }));

        Assert.StartsWith($"{_prometheus.Url} answered 400: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Service_is_asked_at_its_own_address()
    {
        var port = new Uri(_prometheus.Url).Port;
        using var client = OutsideWorld.Client(("services/prometheus", $$$"""{"kind": "Service", "spec": {"clusterIP": "127.0.0.1", "ports": [{"name": "web", "port": {{{port}}}}]}}"""));
        var with = new JsonObject { ["service"] = "prometheus", ["port"] = "web", ["query"] = "vector(7)" };

        var outcome = await OutsideWorld.ActAsync("prometheus/query", OutsideWorld.Context(with, client));

        Assert.Equal("{} 7\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        with["service"] = "nobody";
        Assert.Equal("Service checkout/nobody does not exist", Assert.IsType<ActionOutcome.Failed>(await OutsideWorld.ActAsync("prometheus/query", OutsideWorld.Context(with, client))).Message);
    }

    [Fact]
    public async Task Where_nobody_answers_it_is_asked_again()
    {
        var with = new JsonObject { ["url"] = $"http://127.0.0.1:{TestKit.FreePort.Next()}", ["query"] = "up", ["expect"] = "some" };

        Assert.IsType<ActionOutcome.Pending>(await OutsideWorld.ActAsync("prometheus/query", OutsideWorld.Context(with)));
    }

    [Theory]
    [InlineData(503, "", true)]
    [InlineData(200, "<html>", false)]
    [InlineData(200, "{\"status\": \"odd\"}", false)]
    [InlineData(401, "", false)]
    public async Task An_answer_that_is_not_that_of_Prometheus_is_told(int status, string body, bool again)
    {
        await using var server = FaultyServer.Answering(status, body);

        var outcome = await OutsideWorld.ActAsync("prometheus/query", OutsideWorld.Context(new() { ["url"] = server.Url, ["query"] = "up" }));

        Assert.Equal(again, outcome is ActionOutcome.Pending);
        Assert.Equal(!again, outcome is ActionOutcome.Failed);
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private Task<ActionOutcome> QueryAsync(JsonObject with, bool dryRun = false) => OutsideWorld.ActAsync("prometheus/query", Context(with, dryRun));

    private ActionContext Context(JsonObject with, bool dryRun)
    {
        var all = with.DeepClone().AsObject();
        all["url"] = _prometheus.Url;
        return OutsideWorld.Context(all) with { DryRun = dryRun };
    }

    // What was answered before has been stored once the next scrape begins.
    private async Task ScrapedAsync()
    {
        while (_scrapes.Reader.TryRead(out _))
        {
        }

        for (var i = 0; i < 3; i++)
        {
            await _scrapes.Reader.ReadAsync();
        }
    }
}
