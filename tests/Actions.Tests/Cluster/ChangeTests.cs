using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ChangeTests : ActionsOnCluster
{
    public static TheoryData<string> Names => [.. ChangeCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_change_is_made_once_and_undone_once(string name)
    {
        var (change, resource) = await GivenAsync(name);
        Assert.Equal(change.Values.Before, await ValueAsync(change, resource));

        var (done, outcome) = await ActAsync(change.Action, Context(change.With));
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal(change.Values.After, await ValueAsync(change, resource));
        Assert.Equal(Attempt, AttemptOf(await GetAsync(resource, "web")));
        Assert.EndsWith(change.Undo.Replace("NS", Name, StringComparison.Ordinal), done.Undo, StringComparison.Ordinal);

        var (back, undone) = await UndoAsync(change.Action, Context(change.With, Undo), done);
        Assert.Null(back.Moved);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        Assert.Equal(change.Values.Before ?? "false", await ValueAsync(change, resource) ?? "false");

        // Somebody goes on: acting or undoing again would take it back.
        await PatchAsync(resource, "web", change.Meddling);
        var meddled = await ValueAsync(change, resource);
        Assert.IsType<ActionOutcome.Succeeded>(await Action(change.Action).UndoAsync(Context(change.With, Undo), back, CancellationToken.None));
        Assert.Equal(meddled, await ValueAsync(change, resource));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_dry_run_asks_the_server_and_changes_nothing(string name)
    {
        var (change, resource) = await GivenAsync(name);

        var (_, outcome) = await ActAsync(change.Action, Context(change.With) with { DryRun = true });

        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Equal(change.Values.Before, await ValueAsync(change, resource));
        Assert.Null(AttemptOf(await GetAsync(resource, "web")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_has_changed_since_it_was_looked_at_is_not_touched(string name)
    {
        var (change, resource) = await GivenAsync(name);
        var target = await Action(change.Action).PrepareAsync(Context(change.With), CancellationToken.None);
        await PatchAsync(resource, "web", change.Meddling);
        await PatchAsync(resource, "web", """{"metadata": {"annotations": {"example.com/other": "x"}}}""");
        var meddled = await ValueAsync(change, resource);

        Assert.IsType<ActionOutcome.Moved>(await Action(change.Action).ActAsync(Context(change.With), target, CancellationToken.None));
        Assert.Equal(meddled, await ValueAsync(change, resource));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_value_that_somebody_has_set_since_is_told_before_it_is_undone(string name)
    {
        var (change, resource) = await GivenAsync(name);
        var (done, _) = await ActAsync(change.Action, Context(change.With));
        await PatchAsync(resource, "web", change.Meddling);

        var target = await Action(change.Action).PrepareUndoAsync(Context(change.With, Undo), done, CancellationToken.None);

        Assert.NotNull(target!.Moved);
    }

    [Fact]
    public async Task A_resumed_rollout_goes_on_and_can_be_paused_again()
    {
        await DeploymentAsync("web", replicas: 0);
        await PatchAsync(Workloads.Deployment, "web", """{"spec": {"paused": true}}""");
        const string Web = """{"kind": "Deployment", "name": "web"}""";

        var (done, _) = await ActAsync("rollout-resume", Context(Web));
        Assert.False((await GetAsync(Workloads.Deployment, "web")).Flag("spec", "paused"));
        await UndoAsync("rollout-resume", Context(Web, Undo), done);
        Assert.True((await GetAsync(Workloads.Deployment, "web")).Flag("spec", "paused"));

        var (again, outcome) = await ActAsync("rollout-pause", Context(Web, "run-a1-pause-1"));
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal((false, $"Nothing to undo: Deployment {Name}/web is paused already."), (again.Undoable, again.Undo));
    }

    [Fact]
    public async Task What_Flux_manages_is_told_with_the_target()
    {
        await DeploymentAsync("web", replicas: 0);
        await PatchAsync(Workloads.Deployment, "web", """{"metadata": {"labels": {"kustomize.toolkit.fluxcd.io/name": "shop"}}}""");
        var target = await Action("scale").PrepareAsync(Context("""{"kind": "Deployment", "name": "web", "replicas": 1}"""), CancellationToken.None);
        Assert.Equal(
            "Flux manages it (Kustomization shop): the change will be reverted at the next reconciliation; change it in Git too", Assert.Single(target!.Warnings!));
    }

    [Theory]
    [InlineData("set-image", """{"kind": "Deployment", "name": "web", "container": "none", "image": "a:1"}""", "Deployment NS/web has no container none; it has web")]
    [InlineData("hpa", """{"name": "none", "maxReplicas": 3}""", "HorizontalPodAutoscaler NS/none does not exist")]
    [InlineData("patch", """{"kind": "Deployment", "name": "web", "operations": [{"op": "test", "path": "/spec/paused", "value": true}]}""",
        "/spec/paused is not what the patch expects")]
    [InlineData("label", """{"kind": "Frobnicator", "name": "web", "labels": {"a": "b"}}""", "the cluster has no kind Frobnicator")]
    [InlineData("label", """{"kind": "endpoints", "name": "none", "labels": {"a": "b"}}""", "Endpoints NS/none does not exist")]
    public async Task What_does_not_fit_is_refused_before_anything_is_recorded(string action, string with, string message)
    {
        await DeploymentAsync("web", replicas: 0);
        var exception = await Assert.ThrowsAsync<ActionException>(() => Action(action).PrepareAsync(Context(with), CancellationToken.None));
        Assert.Equal(message.Replace("NS", Name, StringComparison.Ordinal), exception.Message);
    }

    [Fact]
    public async Task What_is_too_long_to_be_recorded_is_patched_and_says_that_it_cannot_be_undone()
    {
        var resource = await ResourceAsync("ConfigMap");
        var manifest = ChangeCases.Manifest(resource);
        manifest["data"]!["level"] = new string('x', PatchRecord.MaximumLength);
        await ApplyAsync(resource, manifest);

        var (done, outcome) = await ActAsync("patch", Context("""{"kind": "ConfigMap", "name": "web", "patch": {"data": {"level": "debug"}}}"""));

        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.False(done.Undoable);
        Assert.StartsWith("Cannot be undone by itself: what was there is longer than 4096 characters.", done.Undo, StringComparison.Ordinal);
        Assert.Equal("debug", (await GetAsync(resource, "web")).Text("data", "level"));
    }

    private async Task<(ChangeCase Change, ResourceDefinition Resource)> GivenAsync(string name)
    {
        var change = ChangeCases.All[name];
        var resource = await ResourceAsync(change.Kind);
        await ApplyAsync(resource, ChangeCases.Manifest(resource));
        if (resource == Workloads.Deployment)
        {
            await QuietAsync("web");
        }

        return (change, resource);
    }

    private async Task<ResourceDefinition> ResourceAsync(string kind) =>
        kind == "HorizontalPodAutoscaler"
            ? new ResourceDefinition("autoscaling", "v1", kind, "horizontalpodautoscalers")
            : (await Client.DiscoverAsync(kind, null, CancellationToken.None))!;

    private async Task<string?> ValueAsync(ChangeCase change, ResourceDefinition resource) =>
        FieldPath.ParseAll(change.Field)[0].Read(await GetAsync(resource, "web")) is { } text
            ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ReplaceLineEndings(" ")
            : null;
}
