using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ReadTests : ActionsOnCluster
{
    private static readonly ResourceDefinition CoreEvents = new("", "v1", "Event", "events");

    [Fact]
    public async Task Get_shows_a_table_one_object_and_chosen_fields()
    {
        await DeploymentAsync("web");
        await DeploymentAsync("api", replicas: 0);
        await RevisionAsync("web", 1);

        Assert.Matches(
            "^NAME   READY   UP-TO-DATE   AVAILABLE   IMAGES +AGE\napi    0/0     0            0           example.test/web:1   [0-9]+[smhd]\nweb    0/2 ",
            await OutputAsync("get", """{"kind": "deploy"}"""));
        Assert.Matches("\n\nCONDITION +STATUS +REASON +MESSAGE\n", await OutputAsync("get", """{"kind": "Deployment", "name": "web"}"""));
        Assert.Equal("NAME   spec.replicas\nweb    2\n", await OutputAsync("get", """{"kind": "Deployment", "name": "web", "fields": "spec.replicas"}"""));
        Assert.Equal($"No deployments found in namespace {Name}.\n", await OutputAsync("get", """{"kind": "Deployment", "selector": "app=none"}"""));
        Assert.Matches($"(?m)^{Name} +Active", await OutputAsync("get", $$"""{"kind": "namespaces", "name": "{{Name}}"}"""));
        Assert.Equal("web", JsonNode.Parse(await OutputAsync("get", """{"kind": "Deployment", "name": "web", "output": "json"}""")).Text("metadata", "name"));
    }

    [Fact]
    public async Task Get_never_shows_the_values_of_a_secret()
    {
        await Client.CreateAsync(new Secret
        {
            Metadata = new ObjectMeta { Name = "db", Namespace = Name, Annotations = new() { ["note"] = "hunter2" } },
            StringData = new() { ["password"] = "hunter2", ["user"] = "bob" },
        }, CancellationToken.None);
        foreach (var with in (string[])
            ["""{"kind": "secrets"}""", """{"kind": "Secret", "name": "db"}""", """{"kind": "Secret", "name": "db", "output": "json"}""",
             """{"kind": "Secret", "name": "db", "fields": "data.password,metadata.annotations.note"}"""])
        {
            var output = await OutputAsync("get", with);
            Assert.Contains("db", output, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("hunter2"u8), output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_there_fails_with_its_name()
    {
        Assert.Equal("the cluster has no kind Frobnicator", await FailureAsync("get", """{"kind": "Frobnicator"}"""));
        Assert.Equal("deployments.apps \"none\" not found", await FailureAsync("get", """{"kind": "Deployment", "name": "none"}"""));
        Assert.Equal("pods \"none\" not found", await FailureAsync("logs", """{"pod": "none"}"""));
        Assert.NotEmpty(await FailureAsync("get", """{"kind": "Pod", "selector": "app in ("}"""));
    }

    [Fact]
    public async Task Wait_is_pending_until_it_holds()
    {
        await DeploymentAsync("web", replicas: 0);
        await RevisionAsync("web", 1);
        await DeploymentAsync("stuck");
        await RevisionAsync("stuck", 1);

        Assert.Equal(
            $"Deployment {Name}/web: 0 of 0 pods are available\n", await OutputAsync("wait", """{"kind": "Deployment", "name": "web", "for": "Available"}"""));
        var pending = Assert.IsType<ActionOutcome.Pending>(await ReadAsync("wait", """{"kind": "deploy", "name": "stuck", "for": "Available"}"""));
        Assert.StartsWith($"Deployment {Name}/stuck: ", pending.Message, StringComparison.Ordinal);
        Assert.Equal(WaitAction.Interval, pending.After);
        Assert.IsType<ActionOutcome.Pending>(await ReadAsync("wait", """{"kind": "Deployment", "name": "web", "for": "Deleted"}"""));
        Assert.IsType<ActionOutcome.Pending>(await ReadAsync("wait", """{"kind": "Deployment", "name": "none", "for": "Ready"}"""));
        Assert.Equal($"Deployment {Name}/none is gone\n", await OutputAsync("wait", """{"kind": "Deployment", "name": "none", "for": "Deleted"}"""));
    }

    [Fact]
    public async Task Events_come_newest_last_and_can_be_narrowed()
    {
        await EventAsync("c", "Pod", "web-1", "Warning", "BackOff", "2026-03-01T02:58:00Z", count: 7);
        await EventAsync("b", "Pod", "web-1", "Normal", "Pulled", "2026-03-01T02:30:00Z");
        await EventAsync("a", "ConfigMap", "settings", "Normal", "Changed", "2026-03-01T02:59:30Z");
        await EventAsync("d", "Pod", "old", "Warning", "Failed", "2026-03-01T01:30:00Z");

        Assert.Equal(
            """
            LAST SEEN   TYPE      REASON    OBJECT               MESSAGE
            30m         Normal    Pulled    Pod/web-1            about b
            2m          Warning   BackOff   Pod/web-1            about c (seen 7 times)
            30s         Normal    Changed   ConfigMap/settings   about a

            """, await OutputAsync("events", "{}"));
        Assert.DoesNotContain("Pulled", await OutputAsync("events", """{"warnings": true}"""), StringComparison.Ordinal);
        Assert.Contains("Failed", await OutputAsync("events", """{"since": "2h", "kind": "po", "name": "old"}"""), StringComparison.Ordinal);
        Assert.Equal($"No events in namespace {Name}.\n", await OutputAsync("events", """{"since": "1s"}"""));
    }

    [Fact]
    public async Task A_log_that_has_no_lines_says_so()
    {
        await ApplyAsync(new ResourceDefinition("", "v1", "Pod", "pods"), JsonNode.Parse("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}},
             "spec": {"automountServiceAccountToken": false, "nodeSelector": {"example.test/node": "none"}, "containers": [{"name": "web", "image": "example.test/web:1"}]}}
            """)!.AsObject());
        Assert.Equal("(no lines)\n", await OutputAsync("logs", """{"pod": "web"}"""));
        Assert.Equal("(no lines)\n", await OutputAsync("logs", """{"selector": "app=web"}"""));
        Assert.Equal("no container sidecar in web", await FailureAsync("logs", """{"pod": "web", "container": "sidecar"}"""));
        Assert.Equal($"No pods with app=none in namespace {Name}.\n", await OutputAsync("logs", """{"selector": "app=none"}"""));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_asked_again_later()
    {
        using var client = await ConnectAsync(_ => new WireFaults(new NoAnswer()));
        var outcome = await Action("get").ActAsync(Context("""{"kind": "Pod"}""", client: client), null, CancellationToken.None);
        Assert.Equal(new ActionOutcome.Pending("the API server did not answer", ReadAction.RetryAfter), outcome);
    }

    private async Task<string> OutputAsync(string action, string with) => Assert.IsType<ActionOutcome.Succeeded>(await ReadAsync(action, with)).Output;

    private async Task<string> FailureAsync(string action, string with) => Assert.IsType<ActionOutcome.Failed>(await ReadAsync(action, with)).Message;

    private Task<JsonObject> EventAsync(string name, string kind, string about, string type, string reason, string at, int count = 1) =>
        ApplyAsync(CoreEvents, JsonNode.Parse($$"""
            {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "{{name}}"}, "type": "{{type}}", "reason": "{{reason}}", "message": "about {{name}}",
             "count": {{count}}, "firstTimestamp": "{{at}}", "lastTimestamp": "{{at}}", "source": {"component": "tests"},
             "involvedObject": {"apiVersion": "v1", "kind": "{{kind}}", "namespace": "{{Name}}", "name": "{{about}}"} }
            """)!.AsObject());

    private sealed class NoAnswer : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("no route");
    }
}
