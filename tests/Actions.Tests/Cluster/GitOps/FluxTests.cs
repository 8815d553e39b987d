using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class FluxTests : GitOpsOnCluster
{
    private const string Web = """{"kind": "Kustomization", "name": "web"}""";

    private static readonly ResourceDefinition Kustomization = new("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations");

    public static TheoryData<string, string, string, string> Kinds => new()
    {
        { "Kustomization", "kustomize.toolkit.fluxcd.io", "v1", "kustomizations" },
        { "HelmRelease", "helm.toolkit.fluxcd.io", "v2", "helmreleases" },
        { "GitRepository", "source.toolkit.fluxcd.io", "v1", "gitrepositories" },
        { "HelmRepository", "source.toolkit.fluxcd.io", "v1", "helmrepositories" },
        { "OCIRepository", "source.toolkit.fluxcd.io", "v1beta2", "ocirepositories" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Suspending_is_undone_by_resuming(string kind, string group, string version, string plural)
    {
        var resource = new ResourceDefinition(group, version, kind, plural);
        await MakeAsync(resource, "web", """{"spec": {"interval": "10m"}}""");
        var context = Context($$"""{"kind": "{{kind}}", "name": "web"}""");

        var (done, outcome) = await DoAsync("flux/suspend", context);

        Assert.Equal($"{kind} {Name}/web suspended\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Resume {kind} {Name}/web.", done.Undo);
        var suspended = await GetAsync(resource, "web");
        Assert.True(suspended.Flag("spec", "suspend"));
        Assert.Equal((Attempt, "10m"), (AttemptOf(suspended), suspended.Text("spec", "interval")));

        var (target, undone) = await TakeBackAsync("flux/suspend", context, done);

        Assert.Null(target.Moved);
        Assert.Equal($"{kind} {Name}/web resumed\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        Assert.False((await GetAsync(resource, "web")).Flag("spec", "suspend"));
    }

    [Fact]
    public async Task Resuming_is_undone_by_suspending()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {"suspend": true}}""");

        var (done, _) = await DoAsync("flux/resume", Context(Web));
        Assert.False((await GetAsync(Kustomization, "web")).Flag("spec", "suspend"));

        await TakeBackAsync("flux/resume", Context(Web), done);
        Assert.True((await GetAsync(Kustomization, "web")).Flag("spec", "suspend"));
    }

    [Fact]
    public async Task What_was_suspended_before_stays_so_when_it_is_undone()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {"suspend": true}}""");

        var (done, _) = await DoAsync("flux/suspend", Context(Web));
        Assert.Equal($"Nothing to undo: Kustomization {Name}/web was suspended already.", done.Undo);

        await TakeBackAsync("flux/suspend", Context(Web), done);
        Assert.True((await GetAsync(Kustomization, "web")).Flag("spec", "suspend"));
    }

    [Fact]
    public async Task What_somebody_has_resumed_since_is_asked_about()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {}}""");
        var (done, _) = await DoAsync("flux/suspend", Context(Web));
        await PatchAsync(Kustomization, "web", """{"spec": {"suspend": false}}""");

        var target = await Of("flux/suspend").PrepareUndoAsync(Context(Web, UndoAttempt), done, CancellationToken.None);

        Assert.Equal($"Kustomization {Name}/web is resumed by now; the step had suspended it", target!.Moved);
    }

    [Fact]
    public async Task Acting_again_with_the_same_target_changes_nothing()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {}}""");
        var (target, _) = await DoAsync("flux/suspend", Context(Web));
        await PatchAsync(Kustomization, "web", """{"spec": {"suspend": false}}""");

        Assert.IsType<ActionOutcome.Succeeded>(await Of("flux/suspend").ActAsync(Context(Web), target, CancellationToken.None));
        Assert.False((await GetAsync(Kustomization, "web")).Flag("spec", "suspend"));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {}}""");

        var (_, outcome) = await DoAsync("flux/suspend", Context(Web) with { DryRun = true });

        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.False((await GetAsync(Kustomization, "web")).Flag("spec", "suspend"));
    }

    [Fact]
    public async Task Reconciling_is_asked_for_with_the_annotation_of_Flux()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {}}""");

        var (done, outcome) = await DoAsync("flux/reconcile", Context(Web));

        Assert.Equal($"Kustomization {Name}/web asked to reconcile\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.False(done.Undoable);
        Assert.Equal("2026-03-01T03:00:00.0000000Z", (await GetAsync(Kustomization, "web")).Text("metadata", "annotations", Names.FluxRequestedAtAnnotation));
    }

    [Fact]
    public async Task What_is_suspended_is_not_asked_to_reconcile()
    {
        await MakeAsync(Kustomization, "web", """{"spec": {"suspend": true}}""");

        Assert.Contains("is suspended: nothing would happen", (await RefusalAsync("flux/reconcile", Context(Web))).Message, StringComparison.Ordinal);
    }
}
