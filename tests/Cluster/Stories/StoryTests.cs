namespace RunbookOperator.Cluster.Stories;

/// <summary>The whole story on a real cluster, and again with the operator ended after each of its writes.</summary>
public sealed class StoryTests
{
    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task An_alert_becomes_a_run_an_approval_a_recovery_and_a_proposal()
    {
        await using var stage = await Stage.SetAsync();
        await using var theOperator = await TestOperator.StartAsync();
        await Plot.PlayAsync(stage, () => theOperator.AlertsOf(stage.Namespace));

        await Plot.CheckAsync(stage);
        await Plot.CheckAuditAsync(stage, theOperator.Audit.ToString());
        await CheckWritesAsync(stage, theOperator);
        await CheckRestAsync(stage, theOperator);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [MemberData(nameof(Writes))]
    public async Task Ended_after_any_of_its_writes_the_story_ends_the_same_way(int write)
    {
        await using var stage = await Stage.SetAsync();
        var first = await TestOperator.StartAsync(killAfter: write, wait: false);
        var current = first;
        var play = Plot.PlayAsync(stage, () => current.AlertsOf(stage.Namespace));
        Assert.True(await first.KilledAsync(orElse: play), $"the operator made fewer than {write} writes");
        await first.DisposeAsync();
        await using var second = await TestOperator.StartAsync(wait: false);
        current = second;
        await play;

        await Plot.CheckAsync(stage);
        await CheckRestAsync(stage, second);
    }

    /// <summary>As many as the story takes; counted in the first test.</summary>
    public static TheoryData<int> Writes() => [.. Enumerable.Range(1, Plot.WritesOfStory)];

    // What has come to rest keeps the rules, and another operator, that looks at every object anew, has nothing to write. Only the statistics
    // of a runbook may be a minute late: the first to come after writes them.
    private static async Task CheckRestAsync(Stage stage, TestOperator theOperator)
    {
        await theOperator.IdleAsync();
        await Rest.EnsureAsync(stage.Client, stage.Namespace);
        await theOperator.DisposeAsync();
        Assert.All(await WritesOfAnotherAsync(), static write => Assert.EndsWith("/runbooks/checkout-slow/status", write, StringComparison.Ordinal));
        var writes = await WritesOfAnotherAsync();

        Assert.True(writes.Count == 0, string.Join('\n', writes));
        await Rest.EnsureAsync(stage.Client, stage.Namespace);
    }

    private static async Task<IReadOnlyList<string>> WritesOfAnotherAsync()
    {
        await using var another = await TestOperator.StartAsync();
        await another.IdleAsync();
        return another.Faults.Writes;
    }

    // The run is created, written once for each of its three steps and once more, and once for the wait: S + 2, and one for the person.
    private static async Task CheckWritesAsync(Stage stage, TestOperator theOperator)
    {
        var run = (await stage.RunAsync())!;
        var writes = theOperator.Faults.Writes;
        var onTheRun = writes.Where(write => write.EndsWith($"/runbookexecutions/{run.Metadata.Name}/status", StringComparison.Ordinal)
            || write == $"POST /apis/runbooks.dev/v1alpha1/namespaces/{stage.Namespace}/runbookexecutions").ToList();
        Assert.True(onTheRun.Count == 3 + 2 + 1, string.Join('\n', writes));
        Assert.True(writes.Count >= Plot.WritesOfStory, $"the story makes {writes.Count} writes now:\n{string.Join('\n', writes)}");
    }
}
