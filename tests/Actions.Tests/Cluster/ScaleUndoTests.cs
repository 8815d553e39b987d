using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ScaleUndoTests : ActionsOnCluster
{
    private const string ToFive = """{"kind": "Deployment", "name": "web", "replicas": 5}""";

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    [InlineData("ReplicaSet")]
    public async Task Undoing_brings_the_replicas_of_before_back_once(string kind)
    {
        var resource = Workloads.Of(kind);
        await ApplyAsync(resource, Workload.Manifest(resource, "web"));
        var with = $$"""{"kind": "{{kind}}", "name": "web", "replicas": 5}""";
        var (done, _) = await ActAsync("scale", Context(with));

        var (target, outcome) = await UndoAsync("scale", Context(with, Undo), done);
        var after = await GetAsync(resource, "web");
        await PatchAsync(resource, "web", """{"spec": {"replicas": 4}}""");
        var again = await Action("scale").UndoAsync(Context(with, Undo), target, CancellationToken.None);

        Assert.Null(target.Moved);
        Assert.Equal($"{kind} {Name}/web scaled back to 2 replicas\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal((2, Undo), (after.Number("spec", "replicas"), AttemptOf(after)));
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Equal(4, (await GetAsync(resource, "web")).Number("spec", "replicas"));
    }

    [Fact]
    public async Task A_number_that_somebody_has_changed_since_is_told_before_it_is_undone()
    {
        await DeploymentAsync("web");
        var (done, _) = await ActAsync("scale", Context(ToFive));
        await PatchAsync(Workloads.Deployment, "web", """{"spec": {"replicas": 7}}""");

        var target = await Action("scale").PrepareUndoAsync(Context(ToFive, Undo), done, CancellationToken.None);

        Assert.Equal($"Deployment {Name}/web has 7 replicas by now; the step had set 5", target!.Moved);
    }

    [Fact]
    public async Task A_change_after_it_was_looked_at_stops_an_undo()
    {
        await DeploymentAsync("web");
        var (done, _) = await ActAsync("scale", Context(ToFive));
        var target = await Action("scale").PrepareUndoAsync(Context(ToFive, Undo), done, CancellationToken.None);
        await PatchAsync(Workloads.Deployment, "web", """{"spec": {"replicas": 7}}""");

        Assert.IsType<ActionOutcome.Moved>(await Action("scale").UndoAsync(Context(ToFive, Undo), target!, CancellationToken.None));
        Assert.Equal(7, (await GetAsync(Workloads.Deployment, "web")).Number("spec", "replicas"));
    }

    [Fact]
    public async Task A_workload_that_was_made_again_is_another_one()
    {
        await DeploymentAsync("web");
        var (done, _) = await ActAsync("scale", Context(ToFive));
        await Client.DeleteAsync<Workload>(new(Name, "web"), null, CancellationToken.None);
        await DeploymentAsync("web", replicas: 5);

        var exception = await Assert.ThrowsAsync<ActionException>(
            () => Action("scale").PrepareUndoAsync(Context(ToFive, Undo), done, CancellationToken.None));

        Assert.Equal($"Deployment {Name}/web was deleted and made again since; the new one is not touched", exception.Message);
    }

    [Fact]
    public async Task A_dry_run_asks_the_API_server_and_changes_nothing()
    {
        await DeploymentAsync("web");
        var before = await GetAsync(Workloads.Deployment, "web");

        var (_, outcome) = await ActAsync("scale", Context(ToFive) with { DryRun = true });
        var after = await GetAsync(Workloads.Deployment, "web");

        Assert.Equal(
            $"dry run, nothing was changed: Deployment {Name}/web scaled from 2 to 5 replicas\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal((2, null), (after.Number("spec", "replicas"), AttemptOf(after)));
        Assert.Equal(before.Number("metadata", "generation"), after.Number("metadata", "generation"));
    }

    [Fact]
    public async Task A_record_without_a_way_back_is_not_undone()
    {
        await DeploymentAsync("web");
        var (done, _) = await ActAsync("scale", Context(ToFive));

        Assert.Null(await Action("scale").PrepareUndoAsync(Context(ToFive, Undo), done with { Undoable = false }, CancellationToken.None));
    }
}
