using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ArgoCdTests : GitOpsOnCluster
{
    private const string Web = """{"name": "web"}""";

    private const string Deployed = """
        {
          "spec": {"project": "default", "source": {"repoURL": "https://git.example/web", "targetRevision": "main"}},
          "status": {"history": [
            {"id": 3, "revision": "aaa111", "deployedAt": "2026-03-01T01:00:00Z", "source": {"repoURL": "https://git.example/web", "path": "old"}},
            {"id": 5, "revision": "ccc333", "deployedAt": "2026-03-01T02:00:00Z", "source": {"repoURL": "https://git.example/web", "path": "new"}},
            {"id": 4, "revision": "bbb222", "deployedAt": "2026-03-01T01:30:00Z", "source": {"repoURL": "https://git.example/web", "path": "mid"}}
          ]}
        }
        """;

    private static readonly ResourceDefinition Application = new("argoproj.io", "v1alpha1", "Application", "applications");

    [Fact]
    public async Task Syncing_writes_the_operation_that_the_controller_takes()
    {
        await MakeAsync(Application, "web", Deployed);

        var (done, outcome) = await DoAsync("argocd/sync", Context("""{"name": "web", "revision": "v1.2.3", "prune": true}"""));

        Assert.Equal($"Application {Name}/web asked to sync\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Not by itself: argocd/rollback of Application {Name}/web with id 5 goes back to ccc333.", done.Undo);
        Assert.False(done.Undoable);
        var found = await GetAsync(Application, "web");
        Assert.Equal(Attempt, AttemptOf(found));
        AssertJson("""{"syncStrategy": {"hook": {}}, "revision": "v1.2.3", "prune": true}""", found.At("operation", "sync"));
        Assert.Equal("runbook-operator", found.Text("operation", "initiatedBy", "username"));
    }

    [Fact]
    public async Task Rolling_back_names_the_state_before_and_is_undone_by_going_forward()
    {
        await MakeAsync(Application, "web", Deployed);

        var (done, outcome) = await DoAsync("argocd/rollback", Context(Web));

        Assert.Equal($"Application {Name}/web asked to roll back to bbb222\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Roll Application {Name}/web forward to id 5, ccc333.", done.Undo);
        AssertJson(
            """{"syncStrategy": {"apply": {}}, "revision": "bbb222", "source": {"repoURL": "https://git.example/web", "path": "mid"}}""",
            (await GetAsync(Application, "web")).At("operation", "sync"));

        await TakenAsync(6, "bbb222", "mid");
        var (target, undone) = await TakeBackAsync("argocd/rollback", Context(Web), done);

        Assert.Null(target.Moved);
        Assert.Equal($"Application {Name}/web asked to roll forward to ccc333\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        AssertJson(
            """{"syncStrategy": {"apply": {}}, "revision": "ccc333", "source": {"repoURL": "https://git.example/web", "path": "new"}}""",
            (await GetAsync(Application, "web")).At("operation", "sync"));
    }

    [Fact]
    public async Task A_state_of_the_history_is_named_by_its_id()
    {
        await MakeAsync(Application, "web", Deployed);

        var (_, outcome) = await DoAsync("argocd/rollback", Context("""{"name": "web", "id": 3}"""));

        Assert.Equal($"Application {Name}/web asked to roll back to aaa111\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Null((await GetAsync(Application, "web")).At("operation", "sync", "prune"));
    }

    [Fact]
    public async Task What_was_deployed_since_is_asked_about()
    {
        await MakeAsync(Application, "web", Deployed);
        var (done, _) = await DoAsync("argocd/rollback", Context(Web));
        await TakenAsync(6, "bbb222", "mid");
        await TakenAsync(7, "ddd444", "newest");

        var target = await Of("argocd/rollback").PrepareUndoAsync(Context(Web, UndoAttempt), done, CancellationToken.None);

        Assert.Equal($"Application {Name}/web has ddd444 deployed by now; the step had rolled it back to bbb222", target!.Moved);
    }

    [Theory]
    [InlineData("argocd/sync")]
    [InlineData("argocd/rollback")]
    public async Task While_an_operation_is_in_progress_no_other_is_begun(string action)
    {
        await MakeAsync(Application, "web", Deployed);
        await PatchAsync(Application, "web", """{"operation": {"sync": {}}}""");
        Assert.Contains("is in progress", (await RefusalAsync(action, Context(Web))).Message, StringComparison.Ordinal);

        await PatchAsync(Application, "web", """{"operation": null, "status": {"operationState": {"phase": "Running"}}}""");
        Assert.Contains("is in progress", (await RefusalAsync(action, Context(Web))).Message, StringComparison.Ordinal);

        await PatchAsync(Application, "web", """{"status": {"operationState": {"phase": "Succeeded"}}}""");
        Assert.IsType<ActionOutcome.Succeeded>((await DoAsync(action, Context(Web))).Outcome);
    }

    [Fact]
    public async Task An_operation_that_began_after_the_look_is_not_taken_the_place_of()
    {
        await MakeAsync(Application, "web", Deployed);
        var target = await Of("argocd/sync").PrepareAsync(Context(Web), CancellationToken.None);
        await PatchAsync(Application, "web", """{"operation": {"sync": {"revision": "theirs"}}}""");

        Assert.IsType<ActionOutcome.Moved>(await Of("argocd/sync").ActAsync(Context(Web), target, CancellationToken.None));
        Assert.Equal("theirs", (await GetAsync(Application, "web")).Text("operation", "sync", "revision"));
    }

    [Fact]
    public async Task Acting_again_after_the_controller_has_taken_it_begins_no_second()
    {
        await MakeAsync(Application, "web", Deployed);
        var (target, _) = await DoAsync("argocd/sync", Context(Web));
        await TakenAsync(6, "ccc333", "new");

        Assert.IsType<ActionOutcome.Succeeded>(await Of("argocd/sync").ActAsync(Context(Web), target, CancellationToken.None));
        Assert.Null((await GetAsync(Application, "web")).At("operation"));
    }

    [Fact]
    public async Task A_dry_run_begins_nothing()
    {
        await MakeAsync(Application, "web", Deployed);

        var (_, outcome) = await DoAsync("argocd/rollback", Context(Web) with { DryRun = true });

        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Null((await GetAsync(Application, "web")).At("operation"));
    }

    [Theory]
    [InlineData("""{"name": "web", "id": 5}""", "is at id 5 already")]
    [InlineData("""{"name": "web", "id": 9}""", "has no entry 9 in its history: 3, 4, 5")]
    [InlineData("""{"name": "api"}""", "does not exist")]
    public async Task What_cannot_be_rolled_back_to_is_told(string with, string words)
    {
        await MakeAsync(Application, "web", Deployed);

        Assert.Contains(words, (await RefusalAsync("argocd/rollback", Context(with))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_syncs_by_itself_is_not_rolled_back()
    {
        await MakeAsync(Application, "web", Deployed);
        await PatchAsync(Application, "web", """{"spec": {"syncPolicy": {"automated": {}}}}""");
        Assert.Contains("syncs by itself", (await RefusalAsync("argocd/rollback", Context(Web))).Message, StringComparison.Ordinal);

        await PatchAsync(Application, "web", """{"spec": {"syncPolicy": {"automated": {"enabled": false}}}}""");
        Assert.NotNull(await Of("argocd/rollback").PrepareAsync(Context(Web), CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_history_there_is_nothing_to_go_back_to()
    {
        await MakeAsync(Application, "web", """{"spec": {"project": "default"}}""");

        Assert.Contains("has no state before this one", (await RefusalAsync("argocd/rollback", Context(Web))).Message, StringComparison.Ordinal);
        Assert.Contains("has no entry 1", (await RefusalAsync("argocd/rollback", Context("""{"name": "web", "id": 1}"""))).Message, StringComparison.Ordinal);
        Assert.Contains("was never deployed before", (await Of("argocd/sync").PrepareAsync(Context(Web), CancellationToken.None))!.Undo, StringComparison.Ordinal);
    }

    // What the controller of Argo CD does with an operation: it takes it away, and writes what was deployed behind the rest.
    private async Task TakenAsync(int id, string revision, string path)
    {
        var history = (await GetAsync(Application, "web")).At("status", "history")!.DeepClone().AsArray();
        history.Add(new JsonObject { ["id"] = id, ["revision"] = revision, ["source"] = new JsonObject { ["repoURL"] = "https://git.example/web", ["path"] = path } });
        var patch = new JsonObject { ["operation"] = null, ["status"] = new JsonObject { ["history"] = history, ["operationState"] = new JsonObject { ["phase"] = "Succeeded" } } };
        await PatchAsync(Application, "web", patch.ToJsonString());
    }

    private static void AssertJson(string expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
