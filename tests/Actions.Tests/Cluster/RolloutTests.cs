using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class RolloutTests : ActionsOnCluster
{
    private const string Web = """{"kind": "Deployment", "name": "web"}""";

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    [InlineData("DaemonSet")]
    public async Task A_restart_marks_the_template_once(string kind)
    {
        var resource = Workloads.Of(kind);
        var before = await ApplyAsync(resource, Workload.Manifest(resource, "web"));
        var context = Context($$"""{"kind": "{{kind}}", "name": "web"}""");

        var (target, outcome) = await ActAsync("rollout-restart", context);
        var after = await GetAsync(resource, "web");
        var later = context with { Now = Now.AddMinutes(5) };
        var again = await Action("rollout-restart").ActAsync(later, target, CancellationToken.None);
        var still = await GetAsync(resource, "web");

        Assert.Equal($"{kind} {Name}/web restarted\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Nothing to undo: the new pods of {kind} {Name}/web have the same template.", target.Undo);
        Assert.Equal("2026-03-01T03:00:00Z", RestartedAt(after));
        Assert.Equal(Attempt, AttemptOf(after));
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Equal("2026-03-01T03:00:00Z", RestartedAt(still));
        Assert.Equal(before.Number("metadata", "generation") + 1, still.Number("metadata", "generation"));
    }

    [Theory]
    [InlineData("Deployment", """{"spec": {"paused": true}}""", "is paused: nothing would restart before it is resumed")]
    [InlineData("StatefulSet", """{"spec": {"updateStrategy": {"type": "OnDelete", "rollingUpdate": null}}}""",
        "has the update strategy OnDelete: nothing would restart before its pods are deleted")]
    public async Task A_restart_that_would_restart_nothing_is_refused(string kind, string change, string message)
    {
        await ApplyAsync(Workloads.Of(kind), Workload.Manifest(Workloads.Of(kind), "web"));
        await PatchAsync(Workloads.Of(kind), "web", change);
        var exception = await Assert.ThrowsAsync<ActionException>(
            () => Action("rollout-restart").PrepareAsync(Context($$"""{"kind": "{{kind}}", "name": "web"}"""), CancellationToken.None));
        Assert.Equal($"{kind} {Name}/web {message}", exception.Message);
    }

    [Fact]
    public async Task An_undo_takes_the_template_back_once()
    {
        await TwoRevisionsAsync();

        var (target, outcome) = await ActAsync("rollout-undo", Context(Web));
        var after = await GetAsync(Workloads.Deployment, "web");
        await RevisionAsync("web", 3);
        // Somebody goes on to a third image: a second act would take it back.
        var since = await PatchAsync(Workloads.Deployment, "web", Image("example.test/web:3"));
        var again = await Action("rollout-undo").ActAsync(Context(Web), target, CancellationToken.None);
        var still = await GetAsync(Workloads.Deployment, "web");

        Assert.Equal($"Deployment {Name}/web taken back from revision 2 to revision 1\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Go back to revision 2 of Deployment {Name}/web.", target.Undo);
        Assert.Equal("example.test/web:1", ImageOf(after));
        Assert.Equal("""{"app":"web"}""", after.At("spec", "template", "metadata", "labels")!.ToJsonString());
        Assert.Equal(Attempt, AttemptOf(after));
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Equal("example.test/web:3", ImageOf(still));
        Assert.Equal(since.Number("metadata", "generation"), still.Number("metadata", "generation"));
    }

    [Fact]
    public async Task A_rollout_undo_is_taken_back_to_the_template_before_it()
    {
        await TwoRevisionsAsync();
        var (done, _) = await ActAsync("rollout-undo", Context(Web));
        await RevisionAsync("web", 3);
        await PatchAsync(Workloads.Deployment, "web", """{"spec": {"replicas": 1}}""");

        var (target, outcome) = await UndoAsync("rollout-undo", Context(Web, Undo), done);
        var after = await GetAsync(Workloads.Deployment, "web");
        var again = await Action("rollout-undo").UndoAsync(Context(Web, Undo), target, CancellationToken.None);

        Assert.Null(target.Moved);
        Assert.Equal($"Deployment {Name}/web is back at the pod template of revision 2\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal(("example.test/web:2", 1), (ImageOf(after), after.Number("spec", "replicas")));
        Assert.Equal(Undo, AttemptOf(after));
        Assert.IsType<ActionOutcome.Succeeded>(again);
        Assert.Equal(after.Number("metadata", "generation"), (await GetAsync(Workloads.Deployment, "web")).Number("metadata", "generation"));
    }

    [Fact]
    public async Task A_rollout_undo_of_a_template_that_has_changed_since_says_so()
    {
        await TwoRevisionsAsync();
        var (done, _) = await ActAsync("rollout-undo", Context(Web));
        await RevisionAsync("web", 3);
        await PatchAsync(Workloads.Deployment, "web", Image("example.test/web:3"));

        var target = await Action("rollout-undo").PrepareUndoAsync(Context(Web, Undo), done, CancellationToken.None);

        Assert.Equal($"Deployment {Name}/web has another pod template by now than that of revision 1, which the step had set", target!.Moved);
    }

    [Fact]
    public async Task An_undo_of_what_has_changed_since_does_not_happen()
    {
        await TwoRevisionsAsync();
        var target = await Action("rollout-undo").PrepareAsync(Context(Web), CancellationToken.None);
        await PatchAsync(Workloads.Deployment, "web", Image("example.test/web:3"));

        Assert.IsType<ActionOutcome.Moved>(await Action("rollout-undo").ActAsync(Context(Web), target, CancellationToken.None));
        Assert.Equal("example.test/web:3", ImageOf(await GetAsync(Workloads.Deployment, "web")));
    }

    [Fact]
    public async Task Without_an_earlier_revision_there_is_nothing_to_undo()
    {
        await DeploymentAsync("web");
        await RevisionAsync("web", 1);
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action("rollout-undo").PrepareAsync(Context(Web), CancellationToken.None));
        Assert.Equal($"Deployment {Name}/web has no earlier revision", exception.Message);
    }

    private async Task TwoRevisionsAsync()
    {
        await DeploymentAsync("web");
        await RevisionAsync("web", 1);
        await DeploymentAsync("web", image: "example.test/web:2");
        await RevisionAsync("web", 2);
    }

    private static string Image(string image) =>
        $$"""{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "{{image}}"} ] } } } }""";

    private static string? ImageOf(JsonObject deployment) =>
        deployment.Items("spec", "template", "spec", "containers").Single().Text("image");

    private static string? RestartedAt(JsonObject workload) =>
        workload.Text("spec", "template", "metadata", "annotations", RolloutRestartAction.RestartedAt);
}
