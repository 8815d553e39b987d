using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class RemovalTests : PodsOnCluster
{
    private const string DeleteMap = """{"kind": "ConfigMap", "name": "limits"}""";
    private const string EvictWeb = """{"pod": "web", "unmanaged": true}""";

    [Fact]
    public async Task An_object_is_deleted_once_by_its_uid()
    {
        await MapAsync();
        var (target, outcome) = await ActAsync("delete", Context(DeleteMap));

        Assert.Equal($"Cannot be undone: ConfigMap {Name}/limits is gone, and nothing makes another.", target.Undo);
        Assert.False(target.Undoable);
        Assert.Equal($"ConfigMap {Name}/limits deleted\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Null(await FindAsync(ConfigMap.Definition, "limits"));

        await MapAsync();
        var again = await Action("delete").ActAsync(Context(DeleteMap), target, CancellationToken.None);
        Assert.Equal($"ConfigMap {Name}/limits is gone; there is another of its name, which was not touched\n", Assert.IsType<ActionOutcome.Succeeded>(again).Output);
        Assert.NotNull(await FindAsync(ConfigMap.Definition, "limits"));
    }

    [Fact]
    public async Task What_it_owns_is_kept_or_deleted_as_the_inputs_say()
    {
        await DeploymentAsync("web", replicas: 0);
        await QuietAsync("web");
        await ActAsync("delete", Context("""{"kind": "deploy", "name": "web", "propagation": "Orphan"}"""));

        while (await FindAsync(Workloads.Deployment, "web") is not null)
        {
            await Task.Yield();
        }

        Assert.Single(await Client.ListAsync(Workloads.ReplicaSet, Name, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_dry_run_deletes_and_evicts_nothing()
    {
        await MapAsync();
        await RunningAsync("web");

        var (_, deleted) = await ActAsync("delete", Context(DeleteMap) with { DryRun = true });
        var (_, evicted) = await ActAsync("evict", Context(EvictWeb) with { DryRun = true });

        Assert.Equal($"dry run, nothing was changed: ConfigMap {Name}/limits deleted\n", Assert.IsType<ActionOutcome.Succeeded>(deleted).Output);
        Assert.Equal($"dry run, nothing was changed: Pod {Name}/web evicted\n", Assert.IsType<ActionOutcome.Succeeded>(evicted).Output);
        Assert.NotNull(await FindAsync(ConfigMap.Definition, "limits"));
        Assert.Null((await GetAsync(Pod.Definition, "web")).Text("metadata", "deletionTimestamp"));
    }

    [Fact]
    public async Task A_pod_is_evicted_once_by_its_uid()
    {
        await RunningAsync("web");
        var (target, outcome) = await ActAsync("evict", Context(EvictWeb));
        await UntilGoneAsync("web");
        await RunningAsync("web");

        var again = await Action("evict").ActAsync(Context(EvictWeb), target, CancellationToken.None);

        Assert.Equal($"Cannot be undone: Pod {Name}/web is gone, and nothing makes another.", target.Undo);
        Assert.Equal($"Pod {Name}/web evicted\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Null((await GetAsync(Pod.Definition, "web")).Text("metadata", "deletionTimestamp"));
    }

    [Fact]
    public async Task A_disruption_budget_is_kept()
    {
        await RunningAsync("web");
        await DisruptionBudgets.HoldAsync(Client, Name, "web");

        var (_, outcome) = await ActAsync("evict", Context(EvictWeb));

        Assert.StartsWith($"Pod {Name}/web was not deleted: ", Assert.IsType<ActionOutcome.Failed>(outcome).Message, StringComparison.Ordinal);
        Assert.Null((await GetAsync(Pod.Definition, "web")).Text("metadata", "deletionTimestamp"));
    }

    [Fact]
    public async Task A_pod_with_something_to_lose_is_refused()
    {
        await AccountAsync();
        await Client.CreateAsync(Pod.Definition, PodManifest("web", extra: """{"volumes": [{"name": "a", "emptyDir": {}}]}"""), null, CancellationToken.None);

        Assert.Contains("nothing makes it again", await RefusalAsync("""{"pod": "web"}"""), StringComparison.Ordinal);
        Assert.Contains("emptyDir", await RefusalAsync(EvictWeb), StringComparison.Ordinal);
    }

    private async Task<string> RefusalAsync(string with) =>
        (await Assert.ThrowsAsync<ActionException>(() => Action("evict").PrepareAsync(Context(with), CancellationToken.None))).Message;

    private Task<ConfigMap> MapAsync() => Client.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "limits", Namespace = Name } }, CancellationToken.None);
}
