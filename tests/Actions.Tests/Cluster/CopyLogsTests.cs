using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class CopyLogsTests : PodsOnCluster
{
    private const string Token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Web = """{"pod": "web"}""";

    [Fact]
    public async Task The_log_outlives_its_pod_redacted_and_is_deleted_again()
    {
        await RunningAsync("web", $"token {Token}");
        await UntilLoggedAsync();

        var (target, outcome) = await ActAsync("copy-logs", Context(Web));
        await Client.DeleteAsync<Pod>(new(Name, "web"), null, CancellationToken.None);
        var kept = await GetAsync(ConfigMap.Definition, Attempt);

        Assert.Equal($"Delete ConfigMap {Name}/{Attempt}.", target.Undo);
        Assert.StartsWith($"log of {Name}/web kept in ConfigMap {Name}/{Attempt}\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Equal("hello\ntoken [redacted]\n", kept.Text("data", "log"));
        Assert.DoesNotContain(Token, kept.ToJsonString(), StringComparison.Ordinal);

        var (_, undone) = await UndoAsync("copy-logs", Context(Web, Undo), target);
        Assert.IsType<ActionOutcome.Succeeded>(undone);
        Assert.Null(await FindAsync(ConfigMap.Definition, Attempt));
    }

    [Fact]
    public async Task Acting_again_keeps_the_first_copy()
    {
        await RunningAsync("web");
        var (target, _) = await ActAsync("copy-logs", Context(Web));
        var first = await GetAsync(ConfigMap.Definition, Attempt);

        Assert.IsType<ActionOutcome.Succeeded>(await Action("copy-logs").ActAsync(Context(Web), target, CancellationToken.None));
        Assert.Equal(first.ToJsonString(), (await GetAsync(ConfigMap.Definition, Attempt)).ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_reads_and_keeps_nothing()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("copy-logs", Context(Web) with { DryRun = true });
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Null(await FindAsync(ConfigMap.Definition, Attempt));
    }

    [Fact]
    public async Task A_log_that_is_not_there_fails_and_makes_nothing()
    {
        await RunningAsync("web");
        var (_, outcome) = await ActAsync("copy-logs", Context("""{"pod": "web", "previous": true}"""));
        Assert.IsType<ActionOutcome.Failed>(outcome);
        Assert.Null(await FindAsync(ConfigMap.Definition, Attempt));
    }

    // The kubelet gives a log that has not been written yet as one without lines.
    private async Task UntilLoggedAsync()
    {
        while (await ReadAsync("logs", Web) is not ActionOutcome.Succeeded { Output: var text } || !text.Contains("token", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }
}
