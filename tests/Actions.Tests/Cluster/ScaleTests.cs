using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ScaleTests : ActionsOnCluster
{
    private const string ToFive = """{"kind": "Deployment", "name": "web", "replicas": 5}""";

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    [InlineData("ReplicaSet")]
    public async Task Scaling_sets_the_replicas_and_says_what_undoes_it(string kind)
    {
        await ApplyAsync(Workloads.Of(kind), Workload.Manifest(Workloads.Of(kind), "web"));
        var context = Context($$"""{"kind": "{{kind}}", "name": "web", "replicas": 5}""");

        var (target, outcome) = await ActAsync("scale", context);

        Assert.Equal($"Scale {kind} {Name}/web back to 2 replicas.", target.Undo);
        Assert.Equal($"{kind} {Name}/web scaled from 2 to 5 replicas\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        var after = await GetAsync(Workloads.Of(kind), "web");
        Assert.Equal(5, after.Number("spec", "replicas"));
        Assert.Equal(Attempt, AttemptOf(after));
    }

    [Fact]
    public async Task Acting_again_with_the_same_target_changes_nothing()
    {
        await DeploymentAsync("web");
        var context = Context(ToFive);
        var (target, _) = await ActAsync("scale", context);
        // Somebody has scaled it since: a second act would scale it back.
        var since = await PatchAsync(Workloads.Deployment, "web", """{"spec": {"replicas": 4}}""");

        Assert.IsType<ActionOutcome.Succeeded>(await Action("scale").ActAsync(context, target, CancellationToken.None));

        var after = await GetAsync(Workloads.Deployment, "web");
        Assert.Equal(4, after.Number("spec", "replicas"));
        Assert.Equal(since.Number("metadata", "generation"), after.Number("metadata", "generation"));
    }

    [Fact]
    public async Task A_target_that_has_changed_is_not_touched_until_it_is_looked_at_again()
    {
        await DeploymentAsync("web");
        var context = Context(ToFive);
        var stale = await Action("scale").PrepareAsync(context, CancellationToken.None);
        await PatchAsync(Workloads.Deployment, "web", """{"spec": {"replicas": 3}}""");

        Assert.IsType<ActionOutcome.Moved>(await Action("scale").ActAsync(context, stale, CancellationToken.None));
        Assert.Equal(3, (await GetAsync(Workloads.Deployment, "web")).Number("spec", "replicas"));

        var (fresh, outcome) = await ActAsync("scale", context);
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal($"Scale Deployment {Name}/web back to 3 replicas.", fresh.Undo);
    }

    [Fact]
    public async Task A_change_by_another_attempt_leaves_open_whether_ours_was_before()
    {
        await DeploymentAsync("web");
        var target = await Action("scale").PrepareAsync(Context(ToFive), CancellationToken.None);
        await PatchAsync(Workloads.Deployment, "web", """{"metadata": {"annotations": {"runbooks.dev/attempt": "another"}}}""");

        Assert.IsType<ActionOutcome.Unknown>(await Action("scale").ActAsync(Context(ToFive), target, CancellationToken.None));
    }

    [Fact]
    public async Task A_workload_that_was_made_again_is_not_touched()
    {
        await DeploymentAsync("web");
        var target = await Action("scale").PrepareAsync(Context(ToFive), CancellationToken.None);
        await Client.DeleteAsync<Workload>(new(Name, "web"), null, CancellationToken.None);
        await DeploymentAsync("web", replicas: 1);

        var failed = Assert.IsType<ActionOutcome.Failed>(await Action("scale").ActAsync(Context(ToFive), target, CancellationToken.None));

        Assert.Equal($"Deployment {Name}/web was deleted and made again since it was looked at; the new one was not touched.", failed.Message);
        Assert.Equal(1, (await GetAsync(Workloads.Deployment, "web")).Number("spec", "replicas"));
    }

    [Fact]
    public async Task A_workload_that_is_gone_or_never_was_is_named()
    {
        await DeploymentAsync("web");
        var target = await Action("scale").PrepareAsync(Context(ToFive), CancellationToken.None);
        await Client.DeleteAsync<Workload>(new(Name, "web"), null, CancellationToken.None);

        var failed = Assert.IsType<ActionOutcome.Failed>(await Action("scale").ActAsync(Context(ToFive), target, CancellationToken.None));
        var never = await Assert.ThrowsAsync<ActionException>(() => Action("scale").PrepareAsync(Context(ToFive), CancellationToken.None));

        Assert.Equal($"Deployment {Name}/web is gone.", failed.Message);
        Assert.Equal($"Deployment {Name}/web does not exist", never.Message);
    }

    [Fact]
    public async Task A_replica_set_of_a_deployment_is_refused()
    {
        await DeploymentAsync("web");
        await RevisionAsync("web", 1);
        var replicaSet = Assert.Single(await Client.ListAsync(Workloads.ReplicaSet, Name, null, CancellationToken.None)).Text("metadata", "name");

        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("scale").PrepareAsync(
            Context($$"""{"kind": "ReplicaSet", "name": "{{replicaSet}}", "replicas": 5}"""), CancellationToken.None));

        Assert.Equal($"ReplicaSet {Name}/{replicaSet} belongs to Deployment web, which would scale it back; scale that", exception.Message);
    }
}
