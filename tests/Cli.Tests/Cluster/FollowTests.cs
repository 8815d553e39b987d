using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class FollowTests : ClusterTest
{
    private const string Run = "latency-1a2b3c4d";

    [Fact]
    public async Task Each_transition_is_told_once_until_the_run_is_over()
    {
        await ARunAsync(Run, Samples.Succeeded(), Samples.Waiting());
        var host = Host();
        var ended = host.RunAsync("follow", Run);
        await host.WhenPrintedAsync("or       skip, reject");

        var done = Samples.Waiting() with
        {
            State = StepState.Succeeded,
            Message = "available",
            StartedAt = Samples.Start.AddSeconds(20),
            FinishedAt = Samples.Start.AddSeconds(25),
            Approvals = [new StepApproval { User = "riley", Decision = "Approve", At = Samples.Start.AddSeconds(19) }],
        };
        var status = Samples.Run(Samples.Succeeded(), done).Status!;
        await SetStatusAsync(Run, status);
        await host.WhenPrintedAsync("succeeded after 5s");
        await SetStatusAsync(Run, Samples.Ended(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded, "Every step is done.").Status! with { Steps = status.Steps });

        Assert.Equal(0, await ended);
        var lines = host.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length > 8 && line[2] == ':').Select(line => line[10..]);
        Assert.Equal(
            [
                "run started", "1/4 timeouts  runs (safe)", "1/4 timeouts  succeeded after 3s", "2/4 bounce  waits for a person (caution)",
                "2/4 bounce  approved by riley", "2/4 bounce  runs (caution)", "2/4 bounce  succeeded after 5s: available", "run succeeded: Every step is done.",
            ],
            lines);
        Assert.Empty(host.Error);
    }

    [Theory]
    [InlineData(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded, 0)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.StepFailed, 1)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.Rejected, 2)]
    public async Task A_run_that_is_over_is_told_and_its_end_is_the_exit_code(string phase, string status, string reason, int code)
    {
        await ARunAsync(Run);
        await SetStatusAsync(Run, Samples.Ended(phase, status, reason).Status!);
        Assert.Equal(code, await Host().RunAsync("follow", Run));
    }

    [Fact]
    public async Task Json_is_one_line_for_each_change()
    {
        await ARunAsync(Run);
        await SetStatusAsync(Run, Samples.Ended(ExecutionPhase.Aborted, "False", Reasons.Aborted, "riley ended it").Status!);
        var host = Host();
        Assert.Equal(2, await host.RunAsync("follow", Run, "-o", "json"));
        var lines = host.Out.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["RunStarted", "RunEnded"], lines.Select(line => (string)line["change"]!));
        Assert.Equal(("Aborted", "riley ended it"), ((string?)lines[1]["phase"], (string?)lines[1]["message"]));
    }

    [Fact]
    public async Task A_run_that_is_deleted_is_a_failure()
    {
        await ARunAsync(Run, Samples.Waiting());
        var host = Host();
        var ended = host.RunAsync("follow", Run);
        await host.WhenPrintedAsync("or       skip, reject");
        await Client.DeleteAsync<RunbookExecution>(Key(Run), null, CancellationToken.None);
        Assert.Equal(1, await ended);
        Assert.Equal($"error: runbookexecution.runbooks.dev/{Run} was deleted\n", host.Error);
    }

    [Fact]
    public async Task Interrupted_it_ends_at_once()
    {
        await ARunAsync(Run, Samples.Waiting());
        using var interrupt = new CancellationTokenSource();
        var host = Host();
        var ended = host.RunAsync(interrupt.Token, "follow", Run);
        await host.WhenPrintedAsync("or       skip, reject");
        await interrupt.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await ended);
    }
}
