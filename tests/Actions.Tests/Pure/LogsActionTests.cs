using System.Net;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Actions.Tests;

public sealed class LogsActionTests
{
    private const string Pods = """
        {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": [
         {"metadata": {"name": "web-a", "namespace": "shop", "creationTimestamp": "2026-03-01T01:00:00Z"}, "spec": {"containers": [{"name": "web"}, {"name": "log"}]}},
         {"metadata": {"name": "web-b", "namespace": "shop", "creationTimestamp": "2026-03-01T02:00:00Z"}, "spec": {"containers": [{"name": "web"}]}}]}
        """;

    [Fact]
    public async Task Of_several_containers_each_log_has_its_head_and_one_that_cannot_be_read_its_reason()
    {
        var (wire, outcome) = await ReadAsync("""{"selector": "app=web", "namespace": "shop", "tail": 20, "since": "10m"}""");

        Assert.Equal(
            "==> web-b/web <==\nlog of web-b web\n==> web-a/web <==\nlog of web-a web\n==> web-a/log <==\n(refused)\n",
            Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.All(wire.Requests.Skip(1), request => Assert.Contains("tailLines=20", request.Uri.Query, StringComparison.Ordinal));
        Assert.All(wire.Requests.Skip(1), request => Assert.Contains("sinceSeconds=600", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_one_container_the_log_stands_alone()
    {
        var (_, outcome) = await ReadAsync("""{"selector": "app=web", "namespace": "shop", "container": "web"}""");
        Assert.Equal("==> web-b/web <==\nlog of web-b web\n==> web-a/web <==\nlog of web-a web\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);

        (_, outcome) = await ReadAsync("""{"pod": "web-b", "namespace": "shop", "previous": true}""");
        Assert.Equal("log of web-b web\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
    }

    [Fact]
    public async Task A_read_fails_if_no_log_can_be_read()
    {
        var (_, outcome) = await ReadAsync("""{"selector": "app=web", "namespace": "shop", "container": "log"}""");
        Assert.Equal("refused", Assert.IsType<ActionOutcome.Failed>(outcome).Message);
    }

    private static async Task<(WireHandler Wire, ActionOutcome Outcome)> ReadAsync(string with)
    {
        var wire = new WireHandler(Answer);
        using var client = new KubernetesClient(new Uri("https://server.test"), wire);
        var context = new ActionContext(client, "default", Inputs.Of(with), "attempt", DateTimeOffset.UnixEpoch);
        return (wire, await new LogsAction().ActAsync(context, target: null, CancellationToken.None));
    }

    private static HttpResponseMessage Answer(WireRequest request)
    {
        var path = request.Uri.AbsolutePath.Split('/');
        return path switch
        {
            [.., "shop", "pods"] => WireHandler.Json(Pods),
            [.., "pods", "web-b"] => WireHandler.Json("""{"metadata": {"name": "web-b", "namespace": "shop"}, "spec": {"containers": [{"name": "web"}]}}"""),
            [.., var pod, "log"] when !request.Uri.Query.Contains("container=log", StringComparison.Ordinal) => WireHandler.Json($"log of {pod} web\n"),
            _ => WireHandler.Refusal(HttpStatusCode.BadRequest, "BadRequest"),
        };
    }
}
