using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>On a node that only stands in the API: no kubelet, so it is never ready, and nobody's pods go there.</summary>
public sealed class NodeTests : ActionsOnCluster, IAsyncLifetime
{
    private const string Key = "example.test/maintenance";

    private NamespacedName Node => new("", Name);

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Client.CreateAsync(
            NodeInput.Resource,
            JsonNode.Parse($$"""{"metadata": {"name": "{{Name}}"}, "spec": {"taints": [{"key": "example.test/other", "effect": "NoSchedule"}]} }""")!.AsObject(),
            null,
            CancellationToken.None);
    }

    public new async Task DisposeAsync()
    {
        await Client.DeleteAsync(NodeInput.Resource, Node, null, CancellationToken.None);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("cordon", true)]
    [InlineData("uncordon", false)]
    public async Task A_node_is_cordoned_or_uncordoned_and_back_again(string action, bool cordoned)
    {
        await SetAsync(!cordoned);
        var with = $$"""{"name": "{{Name}}"}""";

        var (target, outcome) = await ActAsync(action, Context(with));
        Assert.Equal($"Node {Name} {action}ed\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal(cordoned ? $"Uncordon Node {Name}." : $"Cordon Node {Name}.", target.Undo);
        Assert.Equal((cordoned, Attempt), (CordonChange.IsCordoned(await NodeAsync()), AttemptOf(await NodeAsync())));
        Assert.IsType<ActionOutcome.Succeeded>(await Action(action).ActAsync(Context(with), target, CancellationToken.None));

        var (undo, undone) = await UndoAsync(action, Context(with, Undo), target);
        Assert.Null(undo.Moved);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        Assert.Equal(!cordoned, CordonChange.IsCordoned(await NodeAsync()));
    }

    [Fact]
    public async Task A_node_that_was_cordoned_before_stays_so_and_one_that_was_uncordoned_since_is_told()
    {
        var with = $$"""{"name": "{{Name}}"}""";
        await SetAsync(cordoned: true);
        var (before, _) = await ActAsync("cordon", Context(with));
        Assert.Equal($"Nothing to undo: Node {Name} is cordoned already.", before.Undo);
        Assert.Null(await Action("cordon").PrepareUndoAsync(Context(with, Undo), before, CancellationToken.None));

        await SetAsync(cordoned: false);
        var (target, _) = await ActAsync("cordon", Context(with, "run-a1-second-1"));
        await SetAsync(cordoned: false);
        var undo = await Action("cordon").PrepareUndoAsync(Context(with, Undo), target, CancellationToken.None);
        Assert.Equal($"Node {Name} is not cordoned by now; the step had made it cordoned", undo!.Moved);
    }

    [Fact]
    public async Task A_node_that_has_changed_since_it_was_looked_at_is_not_touched()
    {
        var with = $$"""{"name": "{{Name}}"}""";
        var stale = await Action("cordon").PrepareAsync(Context(with), CancellationToken.None);
        await PatchNodeAsync("""{"metadata": {"labels": {"a": "b"}}}""");

        Assert.IsType<ActionOutcome.Moved>(await Action("cordon").ActAsync(Context(with), stale, CancellationToken.None));
        Assert.False(CordonChange.IsCordoned(await NodeAsync()));
    }

    [Fact]
    public async Task One_taint_is_set_and_taken_away_and_the_others_stay()
    {
        var with = $$"""{"name": "{{Name}}", "key": "{{Key}}", "value": "disk", "effect": "NoSchedule"}""";

        var (target, outcome) = await ActAsync("taint", Context(with));
        Assert.Equal($"Node {Name} has the taint {Key}=disk:NoSchedule\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Take the taint {Key}=disk:NoSchedule of Node {Name} away.", target.Undo);
        Assert.Equal(("disk", ""), (await ValueAsync(Key), await ValueAsync("example.test/other")));

        var (undo, undone) = await UndoAsync("taint", Context(with, Undo), target);
        Assert.Null(undo.Moved);
        Assert.Equal($"Node {Name} has no taint {Key}:NoSchedule\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        Assert.Equal((null, ""), (await ValueAsync(Key), await ValueAsync("example.test/other")));
    }

    [Fact]
    public async Task A_taint_that_is_removed_comes_back_with_its_value()
    {
        await ActAsync("taint", Context($$"""{"name": "{{Name}}", "key": "{{Key}}", "value": "disk", "effect": "NoSchedule"}""", "run-a1-first-1"));
        var with = $$"""{"name": "{{Name}}", "key": "{{Key}}", "effect": "NoSchedule", "remove": true}""";

        var (target, _) = await ActAsync("taint", Context(with));
        Assert.Equal($"Set the taint {Key}=disk:NoSchedule of Node {Name} again.", target.Undo);
        Assert.Null(await ValueAsync(Key));

        await UndoAsync("taint", Context(with, Undo), target);
        Assert.Equal("disk", await ValueAsync(Key));
    }

    [Fact]
    public async Task A_taint_that_somebody_has_changed_since_is_told()
    {
        var with = $$"""{"name": "{{Name}}", "key": "{{Key}}", "effect": "NoSchedule"}""";
        var (target, _) = await ActAsync("taint", Context(with));
        await PatchNodeAsync("""{"spec": {"taints": []}}""");

        var undo = await Action("taint").PrepareUndoAsync(Context(with, Undo), target, CancellationToken.None);

        Assert.Equal($"Node {Name} no longer has the taint that the step had set", undo!.Moved);
    }

    [Theory]
    [InlineData("cordon", "")]
    [InlineData("taint", """, "key": "example.test/maintenance", "effect": "NoSchedule" """)]
    public async Task A_dry_run_changes_nothing(string action, string more)
    {
        var (_, outcome) = await ActAsync(action, Context($$"""{"name": "{{Name}}"{{more}}}""") with { DryRun = true });

        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        var node = await NodeAsync();
        Assert.Equal((false, null, null), (CordonChange.IsCordoned(node), NodeTaint.ValueOn(node, Key, "NoSchedule"), AttemptOf(node)));
    }

    private Task<JsonObject> NodeAsync() => Client.GetAsync(NodeInput.Resource, Node, CancellationToken.None);

    private async Task<string?> ValueAsync(string key) => NodeTaint.ValueOn(await NodeAsync(), key, "NoSchedule");

    private Task<JsonObject> SetAsync(bool cordoned) => PatchNodeAsync($$"""{"spec": {"unschedulable": {{(cordoned ? "true" : "false")}} } }""");

    private Task<JsonObject> PatchNodeAsync(string merge) =>
        Client.PatchAsync(NodeInput.Resource, Node, new Patch(PatchType.Merge, JsonNode.Parse(merge)!), CancellationToken.None);
}
