using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class DebugCopyTests : PodsOnCluster
{
    private const string Copy = """{"pod": "web", "command": ["/bin/busybox", "sh", "-c", "echo $GREETING $(id -u); exec sleep 600"], "ttl": "10m"}""";
    private const string Again = "run-a1-again-1";

    [Fact]
    public async Task A_copy_runs_another_command_serves_nobody_and_is_deleted_again()
    {
        var source = await RunningAsync("web");

        var (target, outcome) = await ActAsync("debug-copy", Context(Copy));
        var copy = await UntilAsync(Attempt, pod => pod.Text("status", "phase") == "Running");
        var log = await Action("logs").ActAsync(Context($$"""{"pod": "{{Attempt}}"}"""), null, CancellationToken.None);

        Assert.Equal($"Delete Pod {Name}/{Attempt}, the copy of web.", target.Undo);
        Assert.Equal($"Pod {Name}/{Attempt} made, a copy of web; it ends after 10m\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Null(copy.At("metadata", "labels"));
        Assert.Equal(600, copy.Number("spec", "activeDeadlineSeconds"));
        Assert.Equal(source.Text("metadata", "uid"), copy.Items("metadata", "ownerReferences").Single().Text("uid"));
        Assert.Equal("hi 0\n", Assert.IsType<ActionOutcome.Succeeded>(log).Output);

        var (undo, undone) = await UndoAsync("debug-copy", Context(Copy, Undo), target);
        Assert.Equal(copy.Text("metadata", "uid"), undo.Uid);
        Assert.Equal($"Pod {Name}/{Attempt} deleted\n", Assert.IsType<ActionOutcome.Succeeded>(undone).Output);
        await UntilGoneAsync(Attempt);
        Assert.IsType<ActionOutcome.Succeeded>(await Action("debug-copy").UndoAsync(Context(Copy, Undo), undo, CancellationToken.None));
        Assert.NotNull(await FindAsync(Pod.Definition, "web"));
    }

    [Fact]
    public async Task Acting_again_adopts_the_copy_that_is_there()
    {
        await RunningAsync("web");
        var (target, _) = await ActAsync("debug-copy", Context(Copy));
        var uid = (await GetAsync(Pod.Definition, Attempt)).Text("metadata", "uid");

        Assert.IsType<ActionOutcome.Succeeded>(await Action("debug-copy").ActAsync(Context(Copy), target, CancellationToken.None));
        Assert.Equal(uid, (await GetAsync(Pod.Definition, Attempt)).Text("metadata", "uid"));
    }

    [Fact]
    public async Task A_copy_of_a_pod_that_is_another_one_by_now_is_not_made()
    {
        await RunningAsync("web");
        var target = await Action("debug-copy").PrepareAsync(Context(Copy, Again), CancellationToken.None);
        await Client.DeleteAsync<Pod>(new(Name, "web"), null, CancellationToken.None);
        await UntilGoneAsync("web");

        Assert.IsType<ActionOutcome.Moved>(await Action("debug-copy").ActAsync(Context(Copy, Again), target, CancellationToken.None));
        Assert.Null(await FindAsync(Pod.Definition, Again));
    }

    [Fact]
    public async Task A_copy_that_somebody_else_has_made_is_neither_taken_nor_deleted()
    {
        await RunningAsync("web");
        var target = await Action("debug-copy").PrepareAsync(Context(Copy), CancellationToken.None);
        await Client.CreateAsync(Pod.Definition, PodManifest(Attempt), null, CancellationToken.None);

        Assert.IsType<ActionOutcome.Moved>(await Action("debug-copy").ActAsync(Context(Copy), target, CancellationToken.None));
        var exception = await Assert.ThrowsAsync<ActionException>(
            () => Action("debug-copy").PrepareUndoAsync(Context(Copy, Undo), target!, CancellationToken.None));

        Assert.Equal($"Pod {Name}/{Attempt} is not as the step made it: another has taken it over; it is not touched", exception.Message);
    }

    [Fact]
    public async Task A_dry_run_makes_nothing()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("debug-copy", Context(Copy) with { DryRun = true });
        Assert.StartsWith("dry run, nothing was changed: ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Null(await FindAsync(Pod.Definition, Attempt));
    }

    [Fact]
    public async Task With_an_image_a_container_of_its_own_is_added()
    {
        await RunningAsync("web");
        var with = JsonNode.Parse(Copy)!.AsObject();
        with["image"] = Image;
        with["others"] = true;

        await ActAsync("debug-copy", Context(with.ToJsonString()));
        var copy = await UntilAsync(Attempt, pod => pod.Text("status", "phase") == "Running");

        Assert.Equal(["web", "debugger"], copy.Items("spec", "containers").Select(container => container.Text("name")));
        Assert.True(copy.Flag("spec", "shareProcessNamespace"));
    }
}
