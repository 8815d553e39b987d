using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class ListTests : ClusterTest
{
    [Fact]
    public async Task What_is_under_way_is_shown_and_what_is_over_where_it_is_asked_for()
    {
        await ARunAsync("live", Samples.Waiting());
        await ARunAsync("over");
        await SetStatusAsync("over", Samples.Ended(ExecutionPhase.Failed, "False", Reasons.StepFailed).Status!);
        var host = Host();
        Assert.Equal(0, await host.RunAsync("list"));
        var lines = host.Out.TrimEnd().Split('\n');
        Assert.Equal("NAME   RUNBOOK   PHASE     STEP         RISK   WAITING   INCIDENT   AGE", lines[0]);
        Assert.StartsWith("live   latency   Running   2/4:bounce   -      -         -          ", Assert.Single(lines[1..]), StringComparison.Ordinal);

        var names = Host();
        Assert.Equal(0, await names.RunAsync("list", "--phase", "failed", "-o", "name"));
        Assert.Equal("runbookexecution.runbooks.dev/over\n", names.Out);

        var json = Host();
        Assert.Equal(0, await json.RunAsync("list", "-o", "json"));
        var list = JsonNode.Parse(json.Out)!;
        Assert.Equal(
            ("List", "RunbookExecution", "runbooks.dev/v1alpha1", "live"),
            ((string?)list["kind"], (string?)list["items"]![0]!["kind"], (string?)list["items"]![0]!["apiVersion"], (string?)list["items"]![0]!["metadata"]!["name"]));
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so_beside_the_output()
    {
        var host = Host();
        Assert.Equal(0, await host.RunAsync("list"));
        Assert.Equal(("", $"No runs under way in namespace {Namespace}.\n"), (host.Out, host.Error));
    }
}
