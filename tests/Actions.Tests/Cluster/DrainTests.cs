using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>Drains the node that runs all pods, and so runs alone.</summary>
[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
[Trait("Category", "Cluster")]
[Trait("Touches", "Node")]
public sealed class DrainTests : PodsOnCluster, IAsyncLifetime
{
    private const string Alone = "Node";

    private string _node = "";

    // The node outlives the test, and so does the mark of an attempt: each test has attempts of its own.
    private string With => $$"""{"name": "{{_node}}"}""";

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var nodes = await Client.ListAsync(NodeInput.Resource, null, null, CancellationToken.None);
        _node = nodes.Single(node => node.Condition("Ready").Text("status") == "True").Text("metadata", "name")!;
        await AccountAsync();
    }

    public new async Task DisposeAsync()
    {
        // The next test finds the node as this one did: schedulable, and without pods that nothing makes again.
        await NodeAsync("""{"spec": {"unschedulable": false}}""");
        if (await FindAsync(Pod.Definition, "alone") is not null)
        {
            await Client.DeleteAsync<Pod>(new(Name, "alone"), null, CancellationToken.None);
            await UntilGoneAsync("alone");
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Pods_are_evicted_as_their_budget_allows_and_the_node_is_uncordoned_again()
    {
        await WorkloadAsync(Workloads.Deployment, "web");
        await WorkloadAsync(Workloads.DaemonSet, "agent");
        await RunAsync("web", "agent");
        await DisruptionBudgets.HoldAsync(Client, Name, "web");
        var context = Context(With, Name);
        var (target, held) = await ActAsync("drain", context);
        var pod = Assert.Single(await PodsAsync("web"));
        var again = await Action("drain").ActAsync(context, target, CancellationToken.None);

        Assert.Equal($"Uncordon Node {_node}. The pods do not come back by themselves.", target.Undo);
        Assert.Contains($"held by a PodDisruptionBudget: {Name}/{pod.Text("metadata", "name")}", Pending(held), StringComparison.Ordinal);
        Pending(again);
        Assert.True(CordonChange.IsCordoned(await NodeAsync("{}")));
        Assert.Null(pod.Text("metadata", "deletionTimestamp"));

        await DisruptionBudgets.ReleaseAsync(Client, Name, "web");
        var outcome = await ToTheEndAsync(context, target);
        var left = Assert.Single(await PodsAsync("agent"));
        Assert.Contains($"{Name}/{left.Text("metadata", "name")}", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await PodsAsync("web"), found => found.Text("spec", "nodeName") == _node);

        var (undo, undone) = await UndoAsync("drain", Context(With, Name + "-undo"), target);
        Assert.Null(undo.Moved);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        Assert.False(CordonChange.IsCordoned(await NodeAsync("{}")));
    }

    [Fact]
    public async Task A_pod_that_nothing_makes_again_stops_a_drain_before_anything_is_done()
    {
        await RunningAsync("alone");

        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("drain").PrepareAsync(Context(With, Name), CancellationToken.None));

        Assert.Contains($"{Name}/alone: nothing makes it again", exception.Message, StringComparison.Ordinal);
        Assert.False(CordonChange.IsCordoned(await NodeAsync("{}")));
    }

    [Fact]
    public async Task A_node_that_is_uncordoned_meanwhile_is_drained_no_further()
    {
        await WorkloadAsync(Workloads.Deployment, "web");
        await RunAsync("web");
        await DisruptionBudgets.HoldAsync(Client, Name, "web");
        var (target, _) = await ActAsync("drain", Context(With, Name));
        await NodeAsync("""{"spec": {"unschedulable": false}}""");
        await DisruptionBudgets.ReleaseAsync(Client, Name, "web");

        var outcome = await Action("drain").ActAsync(Context(With, Name), target, CancellationToken.None);

        Assert.Equal(new ActionOutcome.Failed($"Node {_node} was uncordoned since; nothing more is evicted."), outcome);
        Assert.Null(Assert.Single(await PodsAsync("web")).Text("metadata", "deletionTimestamp"));
    }

    [Fact]
    public async Task A_dry_run_cordons_and_evicts_nothing()
    {
        await WorkloadAsync(Workloads.Deployment, "web");
        await RunAsync("web");

        var (_, outcome) = await ActAsync("drain", Context(With, Name) with { DryRun = true });
        var pod = Assert.Single(await PodsAsync("web"));

        Assert.Contains($"{Name}/{pod.Text("metadata", "name")}", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Null(pod.Text("metadata", "deletionTimestamp"));
        Assert.False(CordonChange.IsCordoned(await NodeAsync("{}")));
    }

    private static string Pending(ActionOutcome outcome) => outcome is ActionOutcome.Pending pending ? pending.Message : throw new InvalidOperationException(outcome.ToString());

    private static async Task<ActionOutcome> ToTheEndAsync(ActionContext context, ActionTarget target)
    {
        while (true)
        {
            var outcome = await Action("drain").ActAsync(context, target, CancellationToken.None);
            if (outcome is not ActionOutcome.Pending)
            {
                return outcome;
            }

            await Task.Yield();
        }
    }

    private Task<JsonObject> WorkloadAsync(ResourceDefinition kind, string name)
    {
        var manifest = Workload.Manifest(kind, name, replicas: 1);
        manifest["spec"]!["template"]!["spec"] = PodSpec();
        return ApplyAsync(kind, manifest);
    }

    private async Task RunAsync(params string[] apps)
    {
        foreach (var app in apps)
        {
            while (!(await PodsAsync(app)).Any(pod => pod.Condition("Ready").Text("status") == "True"))
            {
                await Task.Yield();
            }
        }
    }

    private Task<IReadOnlyList<JsonObject>> PodsAsync(string app) =>
        Client.ListAsync(Pod.Definition, Name, new ListOptions { LabelSelector = $"app={app}" }, CancellationToken.None);

    private Task<JsonObject> NodeAsync(string merge) =>
        Client.PatchAsync(NodeInput.Resource, new NamespacedName("", _node), new Patch(PatchType.Merge, JsonNode.Parse(merge)!), CancellationToken.None);
}
