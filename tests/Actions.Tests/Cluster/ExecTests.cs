using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class ExecTests : PodsOnCluster
{
    private const string Touch = """{"pod": "web", "command": ["/bin/busybox", "sh", "-c", "echo run >> /tmp/ledger; cat /tmp/ledger"]}""";
    private const string Read = """{"pod": "web", "command": ["/bin/busybox", "cat", "/tmp/ledger"]}""";

    [Fact]
    public async Task A_command_runs_word_by_word_and_its_output_is_the_steps()
    {
        await RunningAsync("web");

        var (target, outcome) = await ActAsync("exec", Context("""{"pod": "web", "command": ["/bin/busybox", "echo", "$HOME; id", "a  b"]}"""));

        Assert.Equal("$HOME; id a  b\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal("Cannot be undone: what a command has done is not known.", target.Undo);
        Assert.False(target.Undoable);
        Assert.Equal(Attempt, AttemptOf(await GetAsync(Pod.Definition, "web")));
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_step_with_its_output()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("exec", Context("""{"pod": "web", "command": ["/bin/busybox", "sh", "-c", "echo no >&2; exit 3"]}"""));
        Assert.Equal(new ActionOutcome.Failed("the command ended with exit code 3", "no\n"), outcome);
    }

    [Fact]
    public async Task A_second_act_of_the_same_attempt_runs_nothing_and_says_that_it_is_not_known()
    {
        await RunningAsync("web");
        var (target, first) = await ActAsync("exec", Context(Touch));
        var second = await Action("exec").ActAsync(Context(Touch), target, CancellationToken.None);
        var looked = await Action("exec").ActAsync(Context(Touch), await Action("exec").PrepareAsync(Context(Touch), CancellationToken.None), CancellationToken.None);
        var (_, ledger) = await ActAsync("exec", Context(Read, attempt: "run-a1-read-1"));

        Assert.Equal("run\n", Assert.IsType<ActionOutcome.Succeeded>(first).Output);
        Assert.IsType<ActionOutcome.Unknown>(second);
        Assert.IsType<ActionOutcome.Unknown>(looked);
        Assert.Equal("run\n", Assert.IsType<ActionOutcome.Succeeded>(ledger).Output);
    }

    [Fact]
    public async Task A_mark_whose_answer_is_lost_runs_nothing()
    {
        await RunningAsync("web");
        WireFaults? wire = null;
        using var client = await ConnectAsync(inner => wire = new WireFaults(inner, WireFault.LostAnswer));
        var context = Context(Touch, client: client);

        var target = await Action("exec").PrepareAsync(context, CancellationToken.None);
        var outcome = await Action("exec").ActAsync(context, target, CancellationToken.None);
        var (_, ledger) = await ActAsync("exec", Context(Read, attempt: "run-a1-read-1"));

        Assert.IsType<ActionOutcome.Unknown>(outcome);
        Assert.Equal(1, wire!.Patches);
        Assert.IsType<ActionOutcome.Failed>(ledger);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_not_known()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("exec", Context("""{"pod": "web", "command": ["/bin/busybox", "sleep", "600"], "timeout": "1s"}"""));
        Assert.Equal(new ActionOutcome.Unknown("The command had not ended within 1s; it may still run."), outcome);
    }

    [Fact]
    public async Task A_pod_that_has_changed_since_is_not_touched()
    {
        await RunningAsync("web");
        var target = await Action("exec").PrepareAsync(Context(Touch), CancellationToken.None);
        await PatchAsync(Pod.Definition, "web", """{"metadata": {"labels": {"a": "b"}}}""");

        Assert.IsType<ActionOutcome.Moved>(await Action("exec").ActAsync(Context(Touch), target, CancellationToken.None));
        var (_, ledger) = await ActAsync("exec", Context(Read, attempt: "run-a1-read-1"));
        Assert.IsType<ActionOutcome.Failed>(ledger);
    }

    [Fact]
    public async Task A_dry_run_marks_and_runs_nothing()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("exec", Context(Touch) with { DryRun = true });
        var after = await GetAsync(Pod.Definition, "web");
        var (_, ledger) = await ActAsync("exec", Context(Read, attempt: "run-a1-read-1"));

        Assert.StartsWith("dry run, nothing was changed: Pod ", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Null(AttemptOf(after));
        Assert.IsType<ActionOutcome.Failed>(ledger);
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_before_it_is_approved()
    {
        await AccountAsync();
        await Client.CreateAsync(Pod.Definition, PodManifest("idle", extra: """{"nodeSelector": {"example.test/node": "none"}}"""), null, CancellationToken.None);

        Assert.Equal($"the container web of Pod {Name}/idle does not run", await RefusalAsync("""{"pod": "idle", "command": ["ls"]}"""));
        Assert.Equal("the pod has no container db; it has web", await RefusalAsync("""{"pod": "idle", "container": "db", "command": ["ls"]}"""));
        Assert.Equal($"Pod {Name}/none does not exist", await RefusalAsync("""{"pod": "none", "command": ["ls"]}"""));
    }

    private async Task<string> RefusalAsync(string with) =>
        (await Assert.ThrowsAsync<ActionException>(() => Action("exec").PrepareAsync(Context(with), CancellationToken.None))).Message;
}
