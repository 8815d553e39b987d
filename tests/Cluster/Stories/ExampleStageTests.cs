using RunbookOperator.Api;

namespace RunbookOperator.Cluster.Stories;

/// <summary>The stories of <c>examples/stories</c> that need an operator of their own, or an alert.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ExampleStageTests
{
    [Fact]
    public async Task A_leader_is_killed_mid_step_and_the_next_goes_on_without_running_it_again()
    {
        await using var stage = await Stage.SetAsync(await ExampleStories.ReadAsync("goes-on"));
        await using var first = await TestOperator.StartAsync();
        await stage.UntilSyncedAsync("goes-on");
        await ExampleStories.StartAsync(stage.Client, stage.Namespace, "goes-on");
        await Stage.UntilAsync("the long step runs", async () => Steps(await stage.RunAsync()).Contains("long:Running:1"));
        await first.Faults.KillAsync();
        await using var second = await TestOperator.StartAsync(wait: false);

        await Stage.UntilAsync("the run ends", async () => ExecutionPhase.IsFinal((await stage.RunAsync())?.Status?.Phase));
        Assert.Equal(["before:Succeeded:1", "long:Succeeded:1", "after:Succeeded:1"], Steps(await stage.RunAsync()));
        Assert.Single(stage.Ledger.Pods);
    }

    [Fact]
    public async Task A_change_whose_check_fails_is_taken_back_without_asking_again()
    {
        await using var stage = await Stage.SetAsync(await ExampleStories.ReadAsync("rolls-back"));
        await using var theOperator = await TestOperator.StartAsync();
        await stage.UntilSyncedAsync("rolls-back");
        await ExampleStories.StartAsync(stage.Client, stage.Namespace, "rolls-back");
        await Stage.UntilAsync("it waits", async () => Steps(await stage.RunAsync()).Contains("upgrade:Waiting:1"));
        await stage.DecideAsync("upgrade", ApprovalDecision.Approve);

        await Stage.UntilAsync("the run ends", async () => ExecutionPhase.IsFinal((await stage.RunAsync())?.Status?.Phase));
        var run = (await stage.RunAsync())!;
        Assert.Equal((ExecutionPhase.RolledBack, "riley"), (run.Status!.Phase, run.Status.ApprovedBy));
        Assert.Equal(["upgrade:RolledBack:1"], Steps(run));
        Assert.Equal("runbooks.dev/checkout:dev", await stage.ImageAsync());
    }

    [Fact]
    public async Task An_alert_that_resolves_at_step_five_of_eight_ends_the_run_with_nothing_more_changed()
    {
        await using var stage = await Stage.SetAsync(await ExampleStories.ReadAsync("resolves"));
        await using var theOperator = await TestOperator.StartAsync();
        await stage.UntilSyncedAsync("resolves");
        await stage.AlertAsync(() => theOperator.AlertsOf(stage.Namespace));
        await Stage.UntilAsync("step four waits", async () => Steps(await stage.RunAsync()).Contains("bounce:Waiting:1"));
        await stage.DecideAsync("bounce", ApprovalDecision.Approve);
        await Stage.UntilAsync("step five runs", async () => Steps(await stage.RunAsync()).Contains("settle:Running:1"));
        await stage.AlertAsync(() => theOperator.AlertsOf(stage.Namespace), firing: false);

        await Stage.UntilAsync("the run ends", async () => ExecutionPhase.IsFinal((await stage.RunAsync())?.Status?.Phase));
        var run = (await stage.RunAsync())!;
        Assert.Equal((ExecutionPhase.Succeeded, "bounce"), (run.Status!.Phase, run.Status.ResolvedBy));
        Assert.Equal(
            ["deployment:Succeeded:1", "pods:Succeeded:1", "events:Succeeded:1", "bounce:Succeeded:1", "settle:Succeeded:1", "again:Skipped:1", "look:Succeeded:1", "grow:Skipped:1"],
            Steps(run));
        Assert.Single(stage.Ledger.Restarts);
    }

    private static List<string> Steps(RunbookExecution? run) => [.. (run?.Status?.Steps ?? []).Select(step => $"{step.Name}:{step.State}:{step.Attempt}")];
}
