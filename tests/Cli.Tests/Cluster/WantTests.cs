using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class WantTests : ClusterTest
{
    private const string Run = "latency-1a2b3c4d";

    [Theory]
    [InlineData("pause", "paused", DesiredState.Paused)]
    [InlineData("resume", "resumed", DesiredState.Running)]
    [InlineData("abort", "aborted", DesiredState.Aborted)]
    public async Task What_is_wanted_is_written_and_told(string verb, string past, DesiredState expected)
    {
        await ARunAsync(Run, Samples.Waiting());
        var host = Host();
        Assert.Equal(0, await host.RunAsync(verb, Run));
        Assert.Equal($"runbookexecution.runbooks.dev/{Run} {past}\n", host.Out);
        Assert.Equal(expected, (await Client.GetAsync<RunbookExecution>(Key(Run), CancellationToken.None)).Spec.DesiredState);
    }

    [Fact]
    public async Task A_run_that_is_over_is_left_alone()
    {
        await ARunAsync(Run);
        await SetStatusAsync(Run, Samples.Ended(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded).Status!);
        var host = Host();
        Assert.Equal(1, await host.RunAsync("pause", Run));
        Assert.Equal($"error: the run {Run} is over: Succeeded\n", host.Error);
        Assert.NotEqual(DesiredState.Paused, (await Client.GetAsync<RunbookExecution>(Key(Run), CancellationToken.None)).Spec.DesiredState);
    }

    [Fact]
    public async Task Ended_at_once_a_run_loses_the_pod_that_runs_and_no_other()
    {
        await APodAsync("bounce-1");
        await APodAsync("timeouts-1");
        await ARunAsync(
            Run, Samples.Succeeded() with { Pod = "timeouts-1" }, Samples.Waiting() with { State = StepState.Running, Pod = "bounce-1" },
            Samples.Waiting("gone") with { State = StepState.Running, Pod = "gone-1" });
        Assert.Equal(0, await Host().RunAsync("abort", Run, "--now"));
        var pods = await Client.ListAllAsync<Pod>(Namespace, null, CancellationToken.None);
        Assert.Equal("timeouts-1", Assert.Single(pods).Metadata.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_run_a_policy_stops_the_namespace_or_everything(bool all)
    {
        // Who acts is asked of the cluster, and of the machine where that does not know.
        var host = Host();
        host.Environment["USER"] = "riley";
        string[] flags = ["--as", "riley", "--as-group", "system:masters"];
        Assert.Equal(0, await host.RunAsync(["pause", .. all ? ["--all", "--operator-namespace", Namespace, .. flags] : flags]));
        var policy = Assert.Single(await Client.ListAllAsync<RunbookPolicy>(Namespace, null, CancellationToken.None));
        Assert.Matches("^stop-riley-[0-9]{8}-[0-9]{6}$", policy.Metadata.Name);
        Assert.True(policy.Spec.Suspend);
        Assert.Equal(
            $"runbookpolicy.runbooks.dev/{policy.Metadata.Name} created\n"
                + $"Nothing starts in {(all ? "any namespace" : $"namespace {Namespace}")}; what runs finishes. To go on: "
                + $"kubectl delete runbookpolicies.runbooks.dev {policy.Metadata.Name} -n {Namespace}\n",
            host.Out);
    }

    [Fact]
    public async Task Where_the_operator_is_not_nothing_is_paused_and_the_error_says_so()
    {
        var host = Host();
        Assert.Equal(1, await host.RunAsync("pause", "--all", "--operator-namespace", $"{Namespace}-not"));
        Assert.Contains($"\nNothing is paused. '--operator-namespace' says where the operator is;", host.Error, StringComparison.Ordinal);
    }

    // No node has the label, so none takes it, and it goes at once.
    private async Task APodAsync(string name)
    {
        var account = new ServiceAccount { Metadata = new ObjectMeta { Name = name, Namespace = Namespace } };
        await Client.CreateAsync(account, CancellationToken.None);
        await Client.CreateAsync(
            new Pod
            {
                Metadata = new ObjectMeta { Name = name, Namespace = Namespace },
                Spec = new PodSpec
                {
                    ServiceAccountName = name,
                    AutomountServiceAccountToken = false,
                    NodeSelector = new Dictionary<string, string> { ["runbooks.dev/none"] = "none" },
                    Containers = [new Container { Name = "step", Image = "step:1" }],
                },
            },
            CancellationToken.None);
    }
}
