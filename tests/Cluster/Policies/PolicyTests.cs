using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Cluster.Policies;

/// <summary>Policies on a real API server: they stop what has not begun, and none in a namespace loosens anything.</summary>
[Collection(SceneCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class PolicyTests(Scene scene) : IAsyncLifetime
{
    private const string Steps = """
        - name: look
          uses: kubernetes/get
          with: {kind: Deployment, name: checkout}
        - name: bounce
          uses: kubernetes/rollout-restart
          with: {kind: Deployment, name: checkout}
          risk: caution
        - name: after
          uses: kubernetes/get
          with: {kind: Deployment, name: checkout}
        """;

    /// <summary>How soon the kill switch acts.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private long _generation;

    public async Task InitializeAsync() => _generation = await scene.GenerationAsync();

    public Task DisposeAsync() => scene.Kubectl.RunAsync(["delete", "rbp", "--all", "-n", scene.Namespace]);

    [Fact]
    public async Task Creating_a_suspending_policy_stops_a_run_between_two_steps_and_deleting_it_lets_it_go_on()
    {
        var run = await scene.StartAsync(Steps);
        await scene.UntilAsync(run, "the second step waits", status => status.Steps?.Any(step => step is { Name: "bounce", State: StepState.Waiting }) == true);
        await scene.AllowAsync("--user=jo", "runbooks-responder");
        await scene.As("jo").CreateAsync(Policy("stop-jo", new RunbookPolicySpec { Suspend = true }), CancellationToken.None);
        var created = TimeProvider.System.GetTimestamp();
        var held = await scene.UntilAsync(run, "it is held", status => status.Phase == ExecutionPhase.Paused);
        var took = TimeProvider.System.GetElapsedTime(created);
        Assert.True(took < Soon, $"it took {took}");
        Assert.Contains($"held by the policy {scene.Namespace}/stop-jo", Condition(held).Message, StringComparison.Ordinal);

        // It counts, and starts nothing.
        await scene.JudgedAsync(await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve), ApprovalState.Counted);
        Assert.Equal((_generation, Reasons.Suspended), (await scene.GenerationAsync(), Condition(await scene.RunAsync(run)).Reason));

        await scene.Client.DeleteAsync<RunbookPolicy>(new NamespacedName(scene.Namespace, "stop-jo"), null, CancellationToken.None);
        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Succeeded, _generation + 1), (ended.Status!.Phase, await scene.GenerationAsync()));
    }

    [Fact]
    public async Task A_policy_of_a_namespace_cannot_loosen()
    {
        var loose = new RiskApproval { Required = 0, AllowSelf = true, Timeout = Duration.Of(TimeSpan.FromHours(9)) };
        await scene.Client.CreateAsync(Policy("default", new RunbookPolicySpec { Approvals = new PolicyApprovals { Caution = loose } }), CancellationToken.None);
        var policy = await JudgedAsync("default");
        var run = await scene.StartAsync(Steps, user: "riley");
        await scene.UntilAsync(run, "the second step waits", status => status.Steps?.Any(step => step is { Name: "bounce", State: StepState.Waiting }) == true);
        var refused = await scene.JudgedAsync(await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve), ApprovalState.Refused);

        Assert.Contains("whoever started a run may not approve", refused.Status!.Message, StringComparison.Ordinal);
        Assert.True(Conditions.IsTrue(policy.Status!.Conditions, ConditionTypes.Ready));
        Assert.Equal(["1", "false", "30m"], new[] { "required", "allowSelf", "timeout" }.Select(field => Answer(policy, $"approvals.caution.{field}").Value));
        Assert.Equal("built-in", Answer(policy, "approvals.caution.required").Policy);
        await EndAsync(run);
    }

    [Fact]
    public async Task A_policy_that_this_version_cannot_do_says_so_and_lets_only_safe_steps_run()
    {
        await scene.Client.CreateAsync(Policy("odd", new RunbookPolicySpec { Retention = "9d" }), CancellationToken.None);
        var policy = await JudgedAsync("odd");
        Assert.Equal(Reasons.NotSupported, Conditions.Find(policy.Status!.Conditions, ConditionTypes.Stalled)!.Reason);

        var run = await scene.StartAsync(Steps);
        var held = await scene.UntilAsync(run, "it is held", status => status.Phase == ExecutionPhase.Paused);
        Assert.Equal(["look:Succeeded", "bounce:Waiting"], held.Status!.Steps!.Select(step => $"{step.Name}:{step.State}"));
        Assert.Equal(Reasons.PolicyUnusable, Condition(held).Reason);
        await EndAsync(run);
    }

    private async Task EndAsync(string run)
    {
        await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Reject);
        Assert.Equal((ExecutionPhase.Failed, _generation), ((await scene.EndAsync(run)).Status!.Phase, await scene.GenerationAsync()));
    }

    private async Task<RunbookPolicy> JudgedAsync(string name)
    {
        RunbookPolicy? policy = null;
        await Stage.UntilAsync($"the policy {name} is judged", async () =>
            (policy = await scene.Client.GetAsync<RunbookPolicy>(new NamespacedName(scene.Namespace, name), CancellationToken.None)).Status?.ObservedGeneration == policy.Metadata.Generation);
        return policy!;
    }

    private RunbookPolicy Policy(string name, RunbookPolicySpec spec) => new() { Metadata = new ObjectMeta { Name = name, Namespace = scene.Namespace }, Spec = spec };

    private static PolicyAnswer Answer(RunbookPolicy policy, string field) => policy.Status!.Effective!.Single(answer => answer.Field == field);

    private static Condition Condition(RunbookExecution run) => run.Status!.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
}
