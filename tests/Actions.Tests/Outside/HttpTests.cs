using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions.Tests.Outside;

public sealed class HttpTests
{
    [Fact]
    public async Task A_GET_shows_what_is_answered()
    {
        await using var server = FaultyServer.Answering(200, "{\"status\": \"healthy\"}");

        var outcome = await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/health", ["contains"] = "healthy" }));

        Assert.Equal("{\"status\": \"healthy\"}\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.DoesNotContain("Idempotency-Key", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, "; redirects are not followed")]
    [InlineData(500, "")]
    [InlineData(404, "")]
    public async Task Another_status_fails_the_step_and_is_shown(int status, string words)
    {
        await using var server = FaultyServer.Answering(status, "why");

        var failed = Assert.IsType<ActionOutcome.Failed>(await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/health" })));

        Assert.Equal(($"{server.Url} answered {status}{words}", "why\n"), (failed.Message, failed.Output));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(409, false)]
    [InlineData(501, false)]
    [InlineData(302, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task What_acts_has_failed_only_where_it_was_refused(int status, bool unknown)
    {
        await using var server = FaultyServer.Answering(status, "why");

        var outcome = await OutsideWorld.ActAsync("http/request", Context(new() { ["method"] = "POST", ["url"] = server.Url + "/jobs" }));

        Assert.Equal(unknown, outcome is ActionOutcome.Unknown);
        Assert.Equal(!unknown, outcome is ActionOutcome.Failed);
    }

    [Fact]
    public async Task A_status_that_was_asked_for_is_right()
    {
        await using var server = FaultyServer.Answering(404, "");

        Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/gone", ["status"] = 404 })));
    }

    [Fact]
    public async Task Text_that_is_missing_fails_the_step()
    {
        await using var server = FaultyServer.Answering(200, "sick");

        Assert.IsType<ActionOutcome.Failed>(await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/health", ["contains"] = "healthy" })));
    }

    [Fact]
    public async Task A_huge_answer_is_cut_and_says_so()
    {
        await using var server = FaultyServer.Answering(200, new string('x', 1024 * 1024));

        var output = Assert.IsType<ActionOutcome.Succeeded>(await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/health" }))).Output;

        Assert.Equal(ActionOutput.MaximumBytes + "\n(the rest is not shown)\n".Length, output.Length);
        Assert.EndsWith("x\n(the rest is not shown)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_GET_that_only_reads_is_asked_again_where_nobody_answers()
    {
        await using var server = FaultyServer.Saying("");

        Assert.IsType<ActionOutcome.Pending>(await OutsideWorld.ActAsync("http/get", Context(new() { ["url"] = server.Url + "/health" })));
    }

    [Theory]
    [InlineData("http/get", null)]
    [InlineData("http/request", "POST")]
    [InlineData("http/request", "DELETE")]
    public async Task What_acts_and_gets_no_answer_is_not_known_and_is_sent_once(string action, string? method)
    {
        await using var server = FaultyServer.Saying("");
        var context = Context(With(server, method));

        Assert.IsType<ActionOutcome.Unknown>(await OutsideWorld.ActAsync(action, context));
        Assert.IsType<ActionOutcome.Unknown>(await OutsideWorld.ActAsync(action, context with { MayHaveActed = true }));

        Assert.Contains($"Idempotency-Key: \"{OutsideWorld.Attempt}\"\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/get", null)]
    [InlineData("http/request", "POST")]
    public async Task A_dry_run_sends_nothing(string action, string? method)
    {
        await using var server = FaultyServer.Answering(200, "");

        var outcome = await OutsideWorld.ActAsync(action, Context(With(server, method)) with { DryRun = true });

        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Where_nobody_listens_the_step_has_failed_for_certain()
    {
        var context = Context(new() { ["method"] = "POST", ["url"] = $"http://127.0.0.1:{TestKit.FreePort.Next()}/jobs" });

        Assert.IsType<ActionOutcome.Failed>(await OutsideWorld.ActAsync("http/request", context));
    }

    [Fact]
    public async Task A_request_carries_its_body_and_its_credential()
    {
        await using var server = FaultyServer.Answering(201, "made");
        using var client = OutsideWorld.Client(OutsideWorld.Secret("deploy", Names.UseLabel, "steps", ("bearerToken", "s3cret\n")));
        var inputs = new ActionInputs(new JsonObject { ["method"] = "POST", ["url"] = server.Url + "/jobs", ["secret"] = "deploy", ["json"] = new JsonObject { ["service"] = "${service}" } })
            .Fill(new Dictionary<string, string> { ["service"] = "check\"out" }, out _);

        var outcome = await OutsideWorld.ActAsync("http/request", new ActionContext(client, OutsideWorld.Namespace, inputs, OutsideWorld.Attempt, DateTimeOffset.UnixEpoch));

        Assert.Equal("made\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /jobs HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.Equal("check\"out", JsonNode.Parse(request.Split("\r\n\r\n")[1]).Text("service"));
    }

    [Theory]
    [InlineData("http/get", "/health", "safe-steps", true)]
    [InlineData("http/get", "/health", "steps", false)]
    [InlineData("http/get", "/-/reload", "steps", true)]
    [InlineData("http/get", "/-/reload", "git", false)]
    [InlineData("prometheus/query", "", "steps", false)]
    public async Task A_Secret_is_used_only_as_its_owner_says(string action, string path, string label, bool used)
    {
        await using var server = FaultyServer.Answering(200, """{"status": "success", "data": {"resultType": "vector", "result": []}}""");
        using var client = OutsideWorld.Client(OutsideWorld.Secret("s", Names.UseLabel, label, ("username", "u"), ("password", "p")));
        var with = new JsonObject { ["url"] = server.Url + path, ["secret"] = "s" };
        if (action == "prometheus/query")
        {
            with["query"] = "up";
        }

        var outcome = await OutsideWorld.ActAsync(action, Context(with, client));

        Assert.Equal(used, outcome is ActionOutcome.Succeeded);
        Assert.Equal(used ? 1 : 0, server.Requests.Count);
    }

    [Fact]
    public async Task A_message_goes_to_the_channel_alone_and_its_address_is_told_to_nobody()
    {
        await using var server = FaultyServer.Answering(200, "ok");
        using var client = OutsideWorld.Client(OutsideWorld.Secret("chat", Names.ChannelLabel, "webhook", ("url", server.Url + "/hooks/T0P-s3cret")));

        var outcome = await OutsideWorld.ActAsync("notify/webhook", Context(new() { ["channel"] = "chat", ["message"] = "it \"works\"" }, client));

        Assert.Equal("channel chat told\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /hooks/T0P-s3cret HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Equal("it \"works\"", JsonNode.Parse(request.Split("\r\n\r\n")[1]).Text("text"));
    }

    [Fact]
    public async Task A_channel_that_refuses_fails_the_step_and_says_nothing_of_its_address()
    {
        await using var server = FaultyServer.Answering(403, "invalid_token T0P-s3cret");
        using var client = OutsideWorld.Client(OutsideWorld.Secret("chat", Names.ChannelLabel, "webhook", ("url", server.Url + "/hooks/T0P-s3cret")));

        var failed = Assert.IsType<ActionOutcome.Failed>(await OutsideWorld.ActAsync("notify/webhook", Context(new() { ["channel"] = "chat", ["message"] = "x" }, client)));

        Assert.DoesNotContain("s3cret", failed.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runbooks.dev/channel", "slack")]
    [InlineData("runbooks.dev/use", "steps")]
    public async Task A_Secret_that_is_no_such_channel_is_not_written_to(string label, string value)
    {
        await using var server = FaultyServer.Answering(200, "ok");
        using var client = OutsideWorld.Client(OutsideWorld.Secret("chat", label, value, ("url", server.Url)));
        var context = Context(new() { ["channel"] = "chat", ["message"] = "x" }, client);

        await Assert.ThrowsAsync<ActionException>(() => OutsideWorld.ActAsync("notify/webhook", context));
        Assert.Empty(server.Requests);
    }

    private static ActionContext Context(JsonObject with, Kubernetes.IKubernetesClient? client = null) => OutsideWorld.Context(with, client);

    private static JsonObject With(FaultyServer server, string? method) => method is null
        ? new JsonObject { ["url"] = server.Url + "/-/reload" }
        : new JsonObject { ["method"] = method, ["url"] = server.Url + "/jobs" };
}
