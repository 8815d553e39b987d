using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class WaitClusterTests : ClusterTest
{
    private const string Run = "latency-1a2b3c4d";

    [Theory]
    [InlineData(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded, 0)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.StepFailed, 1)]
    [InlineData(ExecutionPhase.Aborted, "False", Reasons.Aborted, 2)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.Rejected, 2)]
    public async Task The_exit_code_says_how_a_run_ended(string phase, string status, string reason, int code)
    {
        await ARunAsync(Run);
        await SetStatusAsync(Run, Samples.Ended(phase, status, reason, "As it ended.").Status!);
        var host = Host();
        Assert.Equal(code, await host.RunAsync("wait", Run, "--timeout", "0s"));
        Assert.Equal($"runbookexecution.runbooks.dev/{Run} {phase.ToLowerInvariant()}: As it ended.\n", host.Out);
    }

    [Fact]
    public async Task It_waits_until_the_run_is_over()
    {
        var run = await ARunAsync(Run, Samples.Waiting());
        var host = Host();
        var ended = host.RunAsync("wait", Run, "-o", "json");
        await SetStatusAsync(Run, run.Status! with { Step = "3/4:check" });
        await SetStatusAsync(Run, Samples.Ended(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded).Status!);
        Assert.Equal(0, await ended);
        Assert.Equal("Succeeded", (string?)JsonNode.Parse(host.Out)!["status"]!["phase"]);
    }

    [Fact]
    public async Task At_its_timeout_it_says_where_the_run_is()
    {
        await ARunAsync(Run, Samples.Waiting());
        var time = new ManualTimeProvider();
        var host = Host(time);
        var ended = host.RunAsync("wait", Run, "--timeout", "10m");
        await time.WaitForTimerAsync(TimeSpan.FromMinutes(10));
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(3, await ended);
        Assert.Equal(
            $"error: runbookexecution.runbooks.dev/{Run} is not over after 10m: Running at 2/4:bounce\n'runbook follow {Run}' shows what it waits for.\n", host.Error);
        Assert.Empty(host.Out);
    }

    [Fact]
    public async Task A_run_that_is_deleted_is_a_failure()
    {
        await ARunAsync(Run, Samples.Waiting());
        var host = Host();
        var ended = host.RunAsync("wait", Run);
        await Client.DeleteAsync<RunbookExecution>(Key(Run), null, CancellationToken.None);
        Assert.Equal(1, await ended);
    }
}
