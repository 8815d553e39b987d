namespace RunbookOperator.Actions.Tests.Cluster;

public sealed class LostAnswerTests : ActionsOnCluster
{
    private const string ToFive = """{"kind": "Deployment", "name": "web", "replicas": 5}""";

    [Fact]
    public async Task An_act_whose_answer_is_lost_is_found_done()
    {
        var (outcome, patches, replicas) = await ActAsync(loseReads: false, WireFault.LostAnswer);
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal((1, 5), (patches, replicas));
    }

    [Fact]
    public async Task An_act_that_never_arrived_is_sent_again()
    {
        var (outcome, patches, replicas) = await ActAsync(loseReads: false, WireFault.LostRequest);
        Assert.IsType<ActionOutcome.Succeeded>(outcome);
        Assert.Equal((2, 5), (patches, replicas));
    }

    [Fact]
    public async Task An_act_that_never_arrives_ends_as_not_known()
    {
        var (outcome, patches, replicas) = await ActAsync(loseReads: false, WireFault.LostRequest, WireFault.LostRequest, WireFault.LostRequest);
        Assert.IsType<ActionOutcome.Unknown>(outcome);
        Assert.Equal((GuardedPatch.MaximumSends, 0), (patches, replicas));
    }

    [Fact]
    public async Task An_act_after_which_nothing_can_be_read_is_not_known()
    {
        var (outcome, patches, replicas) = await ActAsync(loseReads: true, WireFault.LostAnswer);
        Assert.IsType<ActionOutcome.Unknown>(outcome);
        Assert.Equal((1, 5), (patches, replicas));
    }

    private async Task<(ActionOutcome Outcome, int Patches, long? Replicas)> ActAsync(bool loseReads, params WireFault[] faults)
    {
        await DeploymentAsync("web", replicas: 0);
        await QuietAsync("web");
        WireFaults? wire = null;
        using var client = await ConnectAsync(inner => wire = new WireFaults(inner, faults) { LoseReads = loseReads });
        var context = Context(ToFive, client: client);
        var target = await Action("scale").PrepareAsync(context, CancellationToken.None);
        var outcome = await Action("scale").ActAsync(context, target, CancellationToken.None);
        return (outcome, wire!.Patches, (await GetAsync(Workloads.Deployment, "web")).Number("spec", "replicas"));
    }
}
