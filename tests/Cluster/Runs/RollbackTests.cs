using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Runs;

/// <summary>Runs that go back, on the real API server: what was set is set back, and only that.</summary>
[Collection(SceneCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class RollbackTests(Scene scene)
{
    // No pod runs anything here: what is changed is what stands in the API.
    private const string ScaleIt = """
        - name: widen
          uses: kubernetes/scale
          with: {kind: Deployment, name: NAME, replicas: 2}
        """;

    private const string ScaleOther = """
        - name: other
          uses: kubernetes/scale
          with: {kind: Deployment, name: NAME2, replicas: 3}
        """;

    // Never so: nothing in this namespace makes such a thing.
    private const string FailingCheck = """

          verify: {uses: kubernetes/wait, with: {kind: Deployment, name: never-made, for: Available}, within: 1s}
          onFailure: Rollback
        """;

    private const string Ask = """

        - name: ask
          manual: Look.
        """;

    [Fact]
    public async Task A_failing_check_takes_back_what_was_done_by_itself_the_newest_first()
    {
        var (one, two) = (await DeploymentAsync(), await DeploymentAsync());
        var run = await scene.StartAsync(ScaleIt.Replace("NAME", one, StringComparison.Ordinal) + "\n" + ScaleOther.Replace("NAME2", two, StringComparison.Ordinal) + FailingCheck);
        await ApproveAsync(run, "widen");
        await ApproveAsync(run, "other");

        var ended = await scene.EndAsync(run);

        Assert.Equal((ExecutionPhase.RolledBack, "RolledBack,RolledBack"), (ended.Status!.Phase, string.Join(',', ended.Status.Steps!.Select(step => step.State))));
        Assert.Equal((0, 0), (await ReplicasAsync(one), await ReplicasAsync(two)));
        Assert.StartsWith("step other failed: done, but not verified", Succeeded(ended).Message, StringComparison.Ordinal);
        var order = ended.Status.Audit!.Entries!.Where(entry => entry.What == "undone").Select(entry => entry.Step);
        Assert.Equal(["other", "widen"], order);
        Assert.StartsWith("widen-undo-1-", await AttemptAsync(one), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_a_rollback_is_written_down_and_a_moved_world_is_asked_about()
    {
        var name = await DeploymentAsync();
        var run = await scene.StartAsync(ScaleIt.Replace("NAME", name, StringComparison.Ordinal) + Ask);
        await ApproveAsync(run, "widen");
        await scene.UntilAsync(run, "it waits for a person", status => status.Steps?.Exists(step => step is { Name: "ask", State: StepState.Waiting }) == true);
        await scene.Kubectl.RunAsync(["scale", "deployment", name, "-n", scene.Namespace, "--replicas=7"]);
        await scene.WantAsync("riley", run, DesiredState.RolledBack);

        var waits = await scene.UntilAsync(run, "the undo waits", status => status.Steps![0].Rollback?.State == StepState.Waiting);
        Assert.Contains("has 7 replicas by now; the step had set 2", waits.Status!.Steps![0].Rollback!.Message, StringComparison.Ordinal);
        Assert.Equal("riley", waits.Metadata.Annotations![Names.DesiredByAnnotation]);
        Assert.Contains(waits.Status.Audit!.Entries!, entry => entry is { Actor: "riley", What: "goes back (RollbackRequested)" });
        Assert.Equal(7, await ReplicasAsync(name));

        await DecideUndoAsync(run, "widen", ApprovalDecision.Approve);
        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.RolledBack, 0, StepState.Skipped), (ended.Status!.Phase, await ReplicasAsync(name), ended.Status.Steps![1].State));
    }

    [Fact]
    public async Task A_run_that_is_over_is_undone_by_another_run_that_asks_anew()
    {
        var name = await DeploymentAsync();
        var run = await scene.StartAsync(ScaleIt.Replace("NAME", name, StringComparison.Ordinal));
        await ApproveAsync(run, "widen");
        await scene.EndAsync(run);
        Assert.Equal(2, await ReplicasAsync(name));

        var asked = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Names.RollbackAnnotation] = "once" } } };
        await scene.Client.PatchAsync<RunbookExecution>(new NamespacedName(scene.Namespace, run), new Patch(PatchType.Merge, asked), CancellationToken.None);
        var rollback = run + "-rollback";
        await Stage.UntilAsync($"{rollback} is made", async () => await scene.Client.FindAsync<RunbookExecution>(new NamespacedName(scene.Namespace, rollback), CancellationToken.None) is not null);
        var waits = await scene.UntilAsync(rollback, "the undo waits", status => status.Steps?[0].Rollback?.State == StepState.Waiting);
        Assert.Equal((TriggerType.Rollback, run), (waits.Spec.Trigger.Type, waits.Spec.Trigger.Parent));

        await DecideUndoAsync(rollback, "widen", ApprovalDecision.Approve);
        var ended = await scene.EndAsync(rollback);
        Assert.Equal((ExecutionPhase.RolledBack, ConditionStatus.True, 0), (ended.Status!.Phase, Succeeded(ended).Status, await ReplicasAsync(name)));
        Assert.Equal(ExecutionPhase.Succeeded, (await scene.RunAsync(run)).Status!.Phase);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_says_what_it_would_do()
    {
        var name = await DeploymentAsync();
        var before = await scene.Kubectl.RunAsync(["get", "deployment", name, "-n", scene.Namespace, "-o", "jsonpath={.metadata.generation}/{.metadata.annotations}"]);
        var run = await scene.StartAsync(
            ScaleIt.Replace("NAME", name, StringComparison.Ordinal) + $"""

            - name: look
              run: kubectl get deployment {name}
            - name: drop
              run: kubectl delete deployment {name}
            - name: lost
              run: kubectl get deployment nowhere
            """,
            dryRun: true);

        var ended = await scene.EndAsync(run);

        Assert.Equal(before, await scene.Kubectl.RunAsync(["get", "deployment", name, "-n", scene.Namespace, "-o", "jsonpath={.metadata.generation}/{.metadata.annotations}"]));
        Assert.Empty(await scene.Client.ListAllAsync<Pod>(scene.Namespace, new ListOptions { LabelSelector = $"{Names.ExecutionLabel}={run}" }, CancellationToken.None));
        var steps = ended.Status!.Steps!;
        Assert.Equal(["Succeeded", "Succeeded", "Failed", "Failed"], steps.Select(step => step.State));
        Assert.Equal($"dry run, nothing was changed: Deployment {scene.Namespace}/{name} scaled from 0 to 2 replicas\n", steps[0].Output);
        Assert.Equal("dry run: would run as checkout-fixer once 1 person approves", steps[0].Message);
        Assert.Contains($"ok: runbook-reader may get deployments {name} in {scene.Namespace}", steps[1].Output, StringComparison.Ordinal);
        Assert.Contains($"ok: Deployment {scene.Namespace}/{name} is there", steps[1].Output, StringComparison.Ordinal);
        Assert.Contains("checkout-fixer may not delete deployments", steps[2].Message, StringComparison.Ordinal);
        Assert.Equal($"Deployment {scene.Namespace}/nowhere is not there", steps[3].Message);
        Assert.StartsWith("dry run: would fail: drop, lost", Succeeded(ended).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drill_is_a_dry_run_that_people_may_start_and_a_rollback_they_may_not()
    {
        var name = await DeploymentAsync();
        var run = await scene.StartAsync(ScaleIt.Replace("NAME", name, StringComparison.Ordinal), dryRun: true, trigger: new ExecutionTrigger { Type = TriggerType.Drill });
        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Succeeded, Reasons.DryRunSucceeded, 0), (ended.Status!.Phase, Succeeded(ended).Reason, await ReplicasAsync(name)));

        var refused = await Assert.ThrowsAsync<ApiException>(() => scene.StartAsync(
            ScaleIt.Replace("NAME", name, StringComparison.Ordinal), trigger: new ExecutionTrigger { Type = TriggerType.Rollback, Parent = run }));
        Assert.Contains("spec.trigger.type must be Manual or Drill", refused.Message, StringComparison.Ordinal);
    }

    private static Condition Succeeded(RunbookExecution run) => run.Status!.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);

    // The account of the runbooks may patch it, by name.
    private async Task<string> DeploymentAsync()
    {
        var name = "roll-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(8, lowercase: true);
        await scene.ApplyAsync($$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{name}} }
            spec:
              replicas: 0
              selector: {matchLabels: {app: {{name}} } }
              template:
                metadata: {labels: {app: {{name}} } }
                spec: {nodeSelector: {example.test/node: none}, containers: [{name: web, image: 'example.test/web:1'}]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: {{name}} }
            rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, patch], resourceNames: [{{name}}]} ]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: {{name}} }
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{name}} }
            subjects: [{kind: ServiceAccount, name: checkout-fixer, namespace: {{scene.Namespace}} }]
            """);
        return name;
    }

    private async Task ApproveAsync(string run, string step)
    {
        await scene.UntilAsync(run, $"{step} waits", status => status.Steps?.Exists(known => known.Name == step && known.State == StepState.Waiting) == true);
        await scene.DecideAsync("riley", run, step, ApprovalDecision.Approve);
    }

    private async Task DecideUndoAsync(string run, string step, ApprovalDecision decision)
    {
        var undo = (await scene.RunAsync(run)).Status!.Steps!.Single(known => known.Name == step).Rollback!;
        await scene.DecideAsync("riley", run, step, decision, spec => spec with { Undo = true, Attempt = undo.Attempt, Digest = undo.Digest! }, "-undo");
    }

    private async Task<int> ReplicasAsync(string name) =>
        int.Parse(await scene.Kubectl.RunAsync(["get", "deployment", name, "-n", scene.Namespace, "-o", "jsonpath={.spec.replicas}"]));

    private Task<string> AttemptAsync(string name) =>
        scene.Kubectl.RunAsync(["get", "deployment", name, "-n", scene.Namespace, "-o", @"jsonpath={.metadata.annotations.runbooks\.dev/attempt}"]);
}
