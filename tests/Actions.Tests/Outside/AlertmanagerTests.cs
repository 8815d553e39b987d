using System.Text;
using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests.Outside;

[Trait("Category", "EndToEnd")]
public sealed class AlertmanagerTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private PackagedServer _alertmanager = null!;

    private static JsonObject Silence => new() { ["matchers"] = "alertname=\"PoolExhausted\",service=~\"check.*\"", ["duration"] = "1h", ["comment"] = "the pool is replaced" };

    public async Task InitializeAsync()
    {
        _alertmanager = await PackagedServer.AlertmanagerAsync();
        _http.BaseAddress = new Uri(_alertmanager.Url);
    }

    public async Task DisposeAsync() => await _alertmanager.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_silence_is_made_and_its_alerts_are_silenced()
    {
        await FireAsync("PoolExhausted", "checkout");

        var outcome = await ActAsync(Silence);

        var silence = Assert.Single(await SilencesAsync("active"));
        Assert.Equal(
            $"silence {silence.Text("id")} until {silence.Time("endsAt")!.Value.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} for alertname=\"PoolExhausted\",service=~\"check.*\"\n",
            Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal("the pool is replaced (runbooks.dev/attempt: notify-1-0123456789, run checkout/pool-7f3a)", silence.Text("comment"));
        Assert.InRange((silence.Time("endsAt") - silence.Time("startsAt"))!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.Equal([("alertname", "PoolExhausted", false), ("service", "check.*", true)], silence.Items("matchers").Select(one => (one.Text("name")!, one.Text("value")!, one.Flag("isRegex"))));
        Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("alertmanager/alerts", Context(new() { ["expect"] = "none" })));
        Assert.IsType<ActionOutcome.Pending>(await OutsideWorld.ActAsync("alertmanager/alerts", Context(new() { ["expect"] = "none", ["silenced"] = true })));
    }

    [Fact]
    public async Task Acting_again_finds_the_silence_and_makes_no_other()
    {
        var first = Assert.IsType<ActionOutcome.Succeeded>(await ActAsync(Silence));

        var again = Assert.IsType<ActionOutcome.Succeeded>(await ActAsync(Silence, mayHaveActed: true));

        Assert.Equal(first.Output, again.Output);
        Assert.Single(await SilencesAsync("active"));
    }

    [Fact]
    public async Task Undoing_expires_the_silence()
    {
        var context = Context(Silence);
        var done = await OutsideWorld.Action("alertmanager/silence").PrepareAsync(context, CancellationToken.None);
        await OutsideWorld.Action("alertmanager/silence").ActAsync(context, done, CancellationToken.None);

        var undoing = context with { AttemptId = "undo-1" };
        var target = await OutsideWorld.Action("alertmanager/silence").PrepareUndoAsync(undoing, done!, CancellationToken.None);
        Assert.StartsWith("dry run", Assert.IsType<ActionOutcome.Succeeded>(await UndoAsync(undoing with { DryRun = true }, target!)).Output, StringComparison.Ordinal);
        Assert.Single(await SilencesAsync("active"));
        var undone = await UndoAsync(undoing, target!);

        Assert.True(done!.Undoable);
        Assert.Null(target!.Moved);
        var silence = Assert.Single(await SilencesAsync("expired"));
        Assert.Equal($"silence {silence.Text("id")} expired\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        Assert.Equal("the silence had ended already\n", Assert.IsType<ActionOutcome.Succeeded>(await UndoAsync(undoing, target)).Output);
    }

    [Fact]
    public async Task A_silence_that_somebody_has_changed_is_asked_about()
    {
        var context = Context(Silence);
        var done = await OutsideWorld.Action("alertmanager/silence").PrepareAsync(context, CancellationToken.None);
        await OutsideWorld.Action("alertmanager/silence").ActAsync(context, done, CancellationToken.None);
        var theirs = Assert.Single(await SilencesAsync("active")).DeepClone().AsObject();
        theirs["matchers"]![0]!["value"] = "Everything";
        theirs.Remove("status");
        theirs.Remove("updatedAt");
        await PostAsync("/api/v2/silences", theirs);

        var target = await OutsideWorld.Action("alertmanager/silence").PrepareUndoAsync(context with { AttemptId = "undo-1" }, done!, CancellationToken.None);

        Assert.EndsWith("since: it is for alertname=\"Everything\",service=~\"check.*\"", target!.Moved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_makes_no_silence()
    {
        var context = Context(Silence) with { DryRun = true };

        var outcome = await OutsideWorld.ActAsync("alertmanager/silence", context);

        Assert.Equal(
            "dry run, nothing was changed: alerts with alertname=\"PoolExhausted\",service=~\"check.*\" silenced for 1h\n",
            Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Empty(await SilencesAsync("active"));
    }

    [Fact]
    public async Task A_silence_that_Alertmanager_refuses_has_failed()
    {
        var with = Silence;
        with["matchers"] = "alertname=~\".*\"";

        Assert.StartsWith($"{_alertmanager.Url} answered 400", Assert.IsType<ActionOutcome.Failed>(await ActAsync(with)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_looked_for()
    {
        // The first POST arrives and its answer does not; the second look finds what it made.
        var posts = 0;
        await using var wire = FaultyServer.Doing(async (stream, request, token) =>
        {
            var parts = request.Split("\r\n\r\n", 2);
            var line = parts[0].Split(' ');
            using var message = new HttpRequestMessage(new HttpMethod(line[0]), _alertmanager.Url + line[1]);
            message.Content = line[0] == "POST" ? new StringContent(parts[1], Encoding.UTF8, "application/json") : null;
            using var answer = await _http.SendAsync(message, token);
            if (line[0] == "POST")
            {
                posts++;
                return;
            }

            var body = await answer.Content.ReadAsByteArrayAsync(token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)answer.StatusCode} X\r\nContent-Length: {body.Length}\r\n\r\n"), token);
            await stream.WriteAsync(body, token);
        });
        var with = Silence;
        with["url"] = wire.Url;

        Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("alertmanager/silence", OutsideWorld.Context(with)));
        Assert.Equal(1, posts);
        Assert.Single(await SilencesAsync("active"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_nobody_answers_it_is_not_known_only_if_it_may_have_been_made(bool mayHaveActed)
    {
        var with = Silence;
        with["url"] = $"http://127.0.0.1:{TestKit.FreePort.Next()}";

        var outcome = await OutsideWorld.ActAsync("alertmanager/silence", OutsideWorld.Context(with) with { MayHaveActed = mayHaveActed });

        Assert.Equal(mayHaveActed, outcome is ActionOutcome.Unknown);
        Assert.Equal(!mayHaveActed, outcome is ActionOutcome.Failed);
    }

    [Fact]
    public async Task Alerts_are_shown_and_chosen()
    {
        await FireAsync("PoolExhausted", "checkout");
        await FireAsync("DiskFull", "payments");

        var all = Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("alertmanager/alerts", Context([])));
        var one = Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("alertmanager/alerts", Context(new() { ["matchers"] = "service=~\"pay.*\",alertname!=\"PoolExhausted\"", ["expect"] = "some" })));

        Assert.Equal(3, all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches("^ALERT +STATE +AGE +LABELS\nDiskFull +(active|unprocessed) +[0-9]+m +service=\"payments\"\n$", one.Output);
    }

    private static Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target) =>
        OutsideWorld.Action("alertmanager/silence").UndoAsync(context, target, CancellationToken.None);

    private Task<ActionOutcome> ActAsync(JsonObject with, bool mayHaveActed = false) =>
        OutsideWorld.ActAsync("alertmanager/silence", Context(with) with { MayHaveActed = mayHaveActed });

    private ActionContext Context(JsonObject with)
    {
        with["url"] = _alertmanager.Url;
        return OutsideWorld.Context(with) with { Run = new ActionRun("pool-7f3a", "u", null) };
    }

    private async Task<IReadOnlyList<JsonNode>> SilencesAsync(string state) =>
        [.. JsonNode.Parse(await _http.GetStringAsync(new Uri("/api/v2/silences", UriKind.Relative)))!.AsArray().OfType<JsonNode>().Where(one => one.Text("status", "state") == state)];

    private Task FireAsync(string name, string service) => PostAsync("/api/v2/alerts", new JsonArray(new JsonObject
    {
        ["labels"] = new JsonObject { ["alertname"] = name, ["service"] = service },
        ["startsAt"] = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O"),
    }));

    private async Task PostAsync(string path, JsonNode json)
    {
        using var body = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }
}
