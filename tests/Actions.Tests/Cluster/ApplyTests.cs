using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ApplyTests : ActionsOnCluster
{
    [Fact]
    public async Task An_object_that_is_not_there_is_made_and_deleted_again()
    {
        var (target, outcome) = await ActAsync("apply", Context(Map("20")));
        var made = await GetAsync(ConfigMap.Definition, "limits");

        Assert.Equal($"Delete ConfigMap {Name}/limits, which the step makes.", target.Undo);
        Assert.Equal($"ConfigMap {Name}/limits made\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal(("20", Attempt), (made.Text("data", "maximum"), AttemptOf(made)));
        Assert.IsType<ActionOutcome.Succeeded>(await Action("apply").ActAsync(Context(Map("20")), target, CancellationToken.None));
        Assert.Equal(made.ToJsonString(), (await GetAsync(ConfigMap.Definition, "limits")).ToJsonString());

        var (undo, undone) = await UndoAsync("apply", Context(Map("20"), Undo), target);
        Assert.Null(undo.Moved);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        await Assert.ThrowsAsync<ActionException>(() => Action("apply").PrepareUndoAsync(Context(Map("20"), Undo), target, CancellationToken.None));
    }

    [Fact]
    public async Task An_object_that_was_made_meanwhile_is_not_touched()
    {
        var target = await Action("apply").PrepareAsync(Context(Map("20")), CancellationToken.None);
        await ApplyAsync(ConfigMap.Definition, Manifest("5"));

        Assert.IsType<ActionOutcome.Moved>(await Action("apply").ActAsync(Context(Map("20")), target, CancellationToken.None));
        Assert.Equal("5", (await GetAsync(ConfigMap.Definition, "limits")).Text("data", "maximum"));
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("apply").PrepareUndoAsync(Context(Map("20"), Undo), target!, CancellationToken.None));
        Assert.Contains("it is not touched", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_changed_and_set_back()
    {
        await MadeByAsync("operator-of-old", """{"maximum": "5", "minimum": "1"}""");
        var with = Map("20", labels: """{"tier": "gold"}""", force: true);

        var (target, outcome) = await ActAsync("apply", Context(with));
        var after = await GetAsync(ConfigMap.Definition, "limits");

        Assert.Equal($"Set ConfigMap {Name}/limits back: metadata.labels.tier away, data.maximum \"5\".", target.Undo);
        Assert.Equal($"ConfigMap {Name}/limits applied\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal(("20", "1", "gold"), (after.Text("data", "maximum"), after.Text("data", "minimum"), after.Text("metadata", "labels", "tier")));

        var (undo, undone) = await UndoAsync("apply", Context(with, Undo), target);
        var back = await GetAsync(ConfigMap.Definition, "limits");
        Assert.Null(undo.Moved);
        Assert.Equal($"ConfigMap {Name}/limits set back\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        Assert.Equal(("5", "1", null), (back.Text("data", "maximum"), back.Text("data", "minimum"), back.Text("metadata", "labels", "tier")));
        Assert.Equal(Undo, AttemptOf(back));
        Assert.IsType<ActionOutcome.Succeeded>(await Action("apply").UndoAsync(Context(with, Undo), undo, CancellationToken.None));
    }

    [Fact]
    public async Task A_field_that_somebody_else_sets_is_left_unless_it_is_forced()
    {
        await MadeByAsync("somebody", """{"maximum": "5"}""");

        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("apply").PrepareAsync(Context(Map("20")), CancellationToken.None));

        Assert.Contains("somebody", exception.Message, StringComparison.Ordinal);
        Assert.Equal("5", (await GetAsync(ConfigMap.Definition, "limits")).Text("data", "maximum"));
    }

    [Fact]
    public async Task What_this_operator_itself_has_set_is_no_conflict()
    {
        var (made, _) = await ActAsync("apply", Context(Map("20")));
        Assert.True(made.Undoable);
        await ActAsync("apply", Context(Map("30"), attempt: "run-a1-second-1"));
        var (third, outcome) = await ActAsync("apply", Context(Map("40"), attempt: "run-a1-third-1"));
        await UndoAsync("apply", Context(Map("40"), Undo), third);
        var (_, again) = await ActAsync("apply", Context(Map("40"), attempt: "run-a1-fourth-1"));

        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Equal("40", (await GetAsync(ConfigMap.Definition, "limits")).Text("data", "maximum"));
    }

    [Fact]
    public async Task A_change_since_it_was_looked_at_stops_the_apply_and_a_change_of_what_was_set_the_undo()
    {
        await MadeByAsync("somebody", """{"other": "1"}""");
        var stale = await Action("apply").PrepareAsync(Context(Map("20")), CancellationToken.None);
        await PatchAsync(ConfigMap.Definition, "limits", """{"data": {"other": "2"}}""");
        Assert.IsType<ActionOutcome.Moved>(await Action("apply").ActAsync(Context(Map("20")), stale, CancellationToken.None));
        Assert.Null((await GetAsync(ConfigMap.Definition, "limits")).Text("data", "maximum"));

        var (target, _) = await ActAsync("apply", Context(Map("20")));
        await PatchAsync(ConfigMap.Definition, "limits", """{"data": {"maximum": "21"}}""");
        var undo = await Action("apply").PrepareUndoAsync(Context(Map("20"), Undo), target, CancellationToken.None);
        Assert.Equal($"what the step changed of ConfigMap {Name}/limits is no longer as the step left it", undo!.Moved);
    }

    [Fact]
    public async Task An_apply_whose_answer_is_lost_is_found_done()
    {
        await MadeByAsync("somebody", """{"other": "1"}""");
        WireFaults? wire = null;
        using var client = await ConnectAsync(inner => wire = new WireFaults(inner, WireFault.None, WireFault.LostAnswer));
        var context = Context(Map("20"), client: client);

        // The first patch is the dry run of the look.
        var target = await Action("apply").PrepareAsync(context, CancellationToken.None);
        var outcome = await Action("apply").ActAsync(context, target, CancellationToken.None);

        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal(2, wire!.Patches);
    }

    [Fact]
    public async Task A_dry_run_neither_makes_nor_changes()
    {
        var (_, made) = await ActAsync("apply", Context(Map("20")) with { DryRun = true });
        Assert.Empty((await Client.ListAsync(ConfigMap.Definition, Name, new ListOptions { FieldSelector = "metadata.name=limits" }, CancellationToken.None)));
        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(made).Output, StringComparison.Ordinal);

        await MadeByAsync("somebody", """{"other": "1"}""");
        var before = await GetAsync(ConfigMap.Definition, "limits");
        var (_, changed) = await ActAsync("apply", Context(Map("20")) with { DryRun = true });
        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(changed).Output, StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await GetAsync(ConfigMap.Definition, "limits")).ToJsonString());
    }

    [Fact]
    public async Task Values_of_a_secret_are_not_kept_and_so_not_undone()
    {
        await Client.CreateAsync(new Secret { Metadata = new ObjectMeta { Name = "db", Namespace = Name }, StringData = new() { ["user"] = "bob" } }, CancellationToken.None);
        var with = """{"manifest": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "stringData": {"password": "hunter2"}}}""";

        var target = await Action("apply").PrepareAsync(Context(with), CancellationToken.None);

        Assert.Equal("Cannot be undone: the values of a Secret are not kept.", target!.Undo);
        Assert.False(target.Undoable);
        Assert.DoesNotContain("hunter2", target.ToString() + target.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"apiVersion": "v1", "kind": "configmaps", "metadata": {"name": "a"}}""", "the cluster has no kind configmaps in v1")]
    [InlineData("""{"apiVersion": "v7", "kind": "ConfigMap", "metadata": {"name": "a"}}""", "the cluster has no kind ConfigMap in v7")]
    public async Task A_kind_must_be_called_as_the_server_calls_it(string manifest, string message)
    {
        var exception = await Assert.ThrowsAsync<ActionException>(
            () => Action("apply").PrepareAsync(Context($$"""{"manifest": {{manifest}} }"""), CancellationToken.None));
        Assert.Equal(message, exception.Message);
    }

    private static JsonObject Manifest(string maximum, string labels = "{}") => JsonNode.Parse(
        $$"""{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "limits", "labels": {{labels}} }, "data": {"maximum": "{{maximum}}"} }""")!.AsObject();

    private static string Map(string maximum, string labels = "{}", bool force = false) =>
        new JsonObject { ["manifest"] = Manifest(maximum, labels), ["force"] = force }.ToJsonString();

    private Task<JsonObject> MadeByAsync(string manager, string data) => Client.CreateAsync(
        ConfigMap.Definition,
        new JsonObject { ["metadata"] = new JsonObject { ["name"] = "limits", ["namespace"] = Name }, ["data"] = JsonNode.Parse(data) },
        new CreateOptions { FieldManager = manager },
        CancellationToken.None);
}
