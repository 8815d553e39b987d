using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Runs;

/// <summary>What the planner decides, on a real API server: typed actions only, so nothing has to be scheduled.</summary>
[Collection(SceneCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class PlanTests(Scene scene)
{
    private const string Get = "uses: kubernetes/get, with: {kind: Deployment, name: checkout}";
    private const string Scale = "uses: kubernetes/scale, with: {kind: Deployment, name: checkout, replicas: 0}";

    [Fact]
    public async Task Two_steps_that_need_nothing_run_side_by_side_and_a_third_waits_for_both()
    {
        await PutAsync("beside", """
            steps:
            - {name: left, uses: runbooks/wait, with: {for: 3s}, needs: []}
            - {name: right, uses: runbooks/wait, with: {for: 4s}, needs: []}
            - {name: after, GET, needs: [left, right]}
            """);
        var status = (await scene.EndAsync(await RunAsync("beside"))).Status!;

        Assert.Equal(["left:Succeeded", "right:Succeeded", "after:Succeeded"], States(status));
        Assert.Equal(status.Steps![0].StartedAt, status.Steps[1].StartedAt);
        Assert.True(status.Steps[2].StartedAt >= status.Steps[1].FinishedAt, "it began before what it needs was over");
    }

    [Fact]
    public async Task A_step_that_has_done_nothing_is_tried_again_until_it_can()
    {
        await PutAsync("again", """
            steps:
            - {name: look, uses: kubernetes/get, with: {kind: ConfigMap, name: later}, retries: {limit: 9, backoff: 1s}}
            """);
        var run = await RunAsync("again");
        await scene.UntilAsync(run, "it has failed once", status => status.Steps?[0].Attempt > 1);
        await scene.Kubectl.RunAsync(["create", "configmap", "later", "-n", scene.Namespace]);

        var status = (await scene.EndAsync(run)).Status!;
        Assert.Equal((ExecutionPhase.Succeeded, StepState.Succeeded), (status.Phase, status.Steps![0].State));
        Assert.Contains(status.Audit!.Entries!, entry => entry.What.StartsWith("attempt 1 failed (StepFailed)", StringComparison.Ordinal));
        Assert.Contains(status.Audit.Entries!, entry => entry.What == $"started attempt {status.Steps[0].Attempt}");
    }

    [Fact]
    public async Task A_failed_step_hands_over_to_another_runbook_which_shows_what_was_tried()
    {
        await PutAsync("second", "parameters: [{name: size}]\nsteps:\n- {name: look, GET}");
        await PutAsync("first", """
            parameters: [{name: size, default: big}, {name: other, default: x}]
            escalation: {runbook: second, notify: [oncall]}
            steps:
            - {name: look, GET}
            - {name: missing, uses: kubernetes/get, with: {kind: ConfigMap, name: not-there}, onFailure: Escalate}
            - {name: never, GET}
            """);
        var first = (await scene.EndAsync(await RunAsync("first"))).Status!;
        var next = await scene.EndAsync(first.EscalatedTo!);

        Assert.Equal((ExecutionPhase.Escalated, Reasons.StepFailed), (first.Phase, Succeeded(first).Reason));
        Assert.Equal(["look:Succeeded", "missing:Failed"], States(first));
        Assert.Equal((TriggerType.Escalation, "first", ExecutionPhase.Succeeded), (next.Spec.Trigger.Type, next.Spec.Trigger.Parent, next.Status!.Phase));
        Assert.Equal("look: Succeeded", next.Status.Tried![0][.."look: Succeeded".Length]);
        Assert.StartsWith("missing: Failed, ", next.Status.Tried[1], StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, string> { ["size"] = "big" }, next.Spec.Parameters!);
    }

    [Fact]
    public async Task A_step_runs_another_runbook_with_its_own_approvals_and_takes_a_value_from_it()
    {
        await scene.AllowAsync("--user=pat", "runbooks-responder", "runbooks-approver-caution");
        await PutAsync("inner", """
            parameters: [{name: word, required: true}]
            steps:
            - {name: shrink, SCALE}
            """);
        await PutAsync("outer", """
            steps:
            - {name: inner, runbook: inner, with: {word: hello}, outputs: [{name: said, jsonPath: '{.word}'}]}
            - {name: after, GET}
            """);
        var run = await RunAsync("outer");
        var waiting = await scene.UntilAsync(run, "the step waits, as risky as the other runbook", status => status.Steps?[0].State == StepState.Waiting);
        Assert.Equal("caution", waiting.Status!.Steps![0].Risk);
        await scene.DecideAsync("pat", run, "inner", ApprovalDecision.Approve);

        var child = RunName(await scene.UntilAsync(run, "its run is made", status => status.Steps![0].State == StepState.Running));
        await scene.UntilAsync(child, "the step in it waits for itself", status => status.Steps?[0].State == StepState.Waiting);
        await scene.DecideAsync("pat", child, "shrink", ApprovalDecision.Approve);

        var status = (await scene.EndAsync(run)).Status!;
        Assert.Equal(["inner:Succeeded", "after:Succeeded"], States(status));
        Assert.Equal("hello", status.Variables!["said"]);
        Assert.Null((await scene.RunAsync(child)).Metadata.Finalizers);
    }

    [Fact]
    public async Task A_child_run_that_is_deleted_leaves_its_step_unknown_and_is_not_made_again()
    {
        await PutAsync("endless", "steps:\n- {name: wait, uses: runbooks/wait, with: {for: 1h}}");
        await PutAsync("parent", "steps:\n- {name: endless, runbook: endless}");
        var run = await RunAsync("parent");
        var child = RunName(await scene.UntilAsync(run, "its run is made", status => status.Steps?[0].State == StepState.Running));
        await scene.UntilAsync(child, "it runs", status => status.Steps?[0].State == StepState.Running);
        await scene.Kubectl.RunAsync(["delete", "rbx", "-n", scene.Namespace, child, "--wait=false"]);

        var unknown = await scene.UntilAsync(run, "the step is of unknown outcome", status => status.Steps![0].State == StepState.Unknown);
        Assert.Contains("was deleted", unknown.Status!.Steps![0].Message, StringComparison.Ordinal);
        await Stage.UntilAsync("the child is gone", async () => await scene.Client.FindAsync<RunbookExecution>(new NamespacedName(scene.Namespace, child), CancellationToken.None) is null);
        await WantAsync(run, DesiredState.Aborted);
        Assert.Equal(ExecutionPhase.Aborted, (await scene.EndAsync(run)).Status!.Phase);
    }

    [Fact]
    public async Task A_run_that_is_ended_ends_its_child()
    {
        await PutAsync("long", "steps:\n- {name: first, uses: runbooks/wait, with: {for: 2s}}\n- {name: then, uses: runbooks/wait, with: {for: 1h}}");
        await PutAsync("above", "steps:\n- {name: long, runbook: long}");
        var run = await RunAsync("above");
        var child = RunName(await scene.UntilAsync(run, "its run is made", status => status.Steps?[0].State == StepState.Running));
        await scene.UntilAsync(child, "it runs", status => status.Steps?[0].State == StepState.Running);
        await WantAsync(run, DesiredState.Aborted);

        Assert.Equal(ExecutionPhase.Aborted, (await scene.EndAsync(child)).Status!.Phase);
        Assert.Equal(ExecutionPhase.Aborted, (await scene.EndAsync(run)).Status!.Phase);
    }

    [Fact]
    public async Task A_breakpoint_shows_what_would_be_done_and_is_passed_by_pausing_and_going_on()
    {
        await PutAsync("careful", "steps:\n- {name: look, GET}\n- {name: then, GET, breakpoint: true}");
        var run = await RunAsync("careful");
        var paused = await scene.UntilAsync(run, "it pauses", status => status.Phase == ExecutionPhase.Paused);
        Assert.Equal((Reasons.Breakpoint, "2/2:then", StepState.Waiting), (Succeeded(paused.Status!).Reason, paused.Status!.Step, paused.Status.Steps![1].State));
        Assert.Contains("kubernetes/get", paused.Status.Steps[1].Command, StringComparison.Ordinal);

        await WantAsync(run, DesiredState.Paused);
        await WantAsync(run, DesiredState.Running);
        var status = (await scene.EndAsync(run)).Status!;
        Assert.Equal(["look:Succeeded", "then:Succeeded"], States(status));
        Assert.Contains(status.Audit!.Entries!, entry => entry.What.StartsWith("passes its breakpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prerequisite_that_does_not_hold_makes_the_run_wait_and_says_why()
    {
        await PutAsync("asking", """
            prerequisites:
            - {text: Secrets can be read, can: {verb: get, resource: secrets}}
            steps: [{name: look, GET}]
            """);
        var run = await RunAsync("asking");
        var pending = await scene.UntilAsync(run, "it waits", status => status.Conditions?.Exists(condition => condition.Reason == Reasons.PrerequisiteFailed) == true);
        Assert.Equal(
            (ExecutionPhase.Pending, $"Secrets can be read: the service account runbook-reader may not get secrets in {scene.Namespace}"),
            (pending.Status!.Phase, Succeeded(pending.Status).Message));
        await WantAsync(run, DesiredState.Aborted);
        Assert.Equal(ExecutionPhase.Aborted, (await scene.EndAsync(run)).Status!.Phase);
    }

    [Fact]
    public async Task When_the_alert_resolves_nothing_more_is_changed_and_the_step_that_helped_is_named()
    {
        await scene.AllowAsync("--user=jo", "runbooks-responder", "runbooks-approver-caution");
        await PutAsync("alerted", """
            triggers: [{alert: {matchers: ['alertname="PlanTests"']}}]
            steps:
            - {name: one, GET}
            - {name: two, GET}
            - {name: three, GET}
            - {name: four, GET}
            - {name: five, SCALE}
            - {name: six, manual: Wait and see.}
            - {name: seven, SCALE}
            - {name: eight, GET}
            """);
        using var source = await AlertSource.OfAsync(scene, "PlanTests");
        await source.SendAsync(firing: true);
        var run = "";
        await Stage.UntilAsync("a run is made", async () => (run = (await scene.Client.ListAllAsync<RunbookExecution>(scene.Namespace, null, CancellationToken.None))
            .FirstOrDefault(other => other.Spec.Runbook.Name == "alerted")?.Metadata.Name ?? "").Length > 0);
        await scene.UntilAsync(run, "step five waits", status => status.Steps?.Count == 5 && status.Steps[4].State == StepState.Waiting);
        await scene.DecideAsync("jo", run, "five", ApprovalDecision.Approve);
        await scene.UntilAsync(run, "step five is done", status => status.Steps![4].State == StepState.Succeeded);
        await source.SendAsync(firing: false);

        var status = (await scene.EndAsync(run)).Status!;
        Assert.Equal(
            ["one:Succeeded", "two:Succeeded", "three:Succeeded", "four:Succeeded", "five:Succeeded", "six:Skipped", "seven:Skipped", "eight:Succeeded"], States(status));
        Assert.Equal((ExecutionPhase.Succeeded, "five", Reasons.AlertResolved), (status.Phase, status.ResolvedBy, status.Steps![6].Reason));
    }

    private static IEnumerable<string> States(RunbookExecutionStatus status) => status.Steps!.Select(step => $"{step.Name}:{step.State}");

    private static Condition Succeeded(RunbookExecutionStatus status) => status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);

    private static string RunName(RunbookExecution parent) => (string)parent.Status!.Steps![0].Target!["name"]!;

    private Task PutAsync(string name, string spec)
    {
        var text = spec.Replace("GET", Get, StringComparison.Ordinal).Replace("SCALE", Scale, StringComparison.Ordinal);
        return scene.ApplyAsync($$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata: {name: {{name}}}
            spec:
              title: For a test
              mode: Copilot
              serviceAccountName: checkout-fixer
            {{string.Join('\n', text.Split('\n').Select(static line => "  " + line))}}
            """);
    }

    private Task<RunbookExecution> WantAsync(string run, DesiredState desired) => scene.Client.PatchAsync<RunbookExecution>(
        new NamespacedName(scene.Namespace, run),
        new Patch(PatchType.Merge, new JsonObject { ["spec"] = new JsonObject { ["desiredState"] = desired.ToString() } }),
        CancellationToken.None);

    private async Task<string> RunAsync(string runbook)
    {
        await scene.Client.CreateAsync(
            new RunbookExecution
            {
                Metadata = new ObjectMeta { Name = runbook, Namespace = scene.Namespace },
                Spec = new RunbookExecutionSpec
                {
                    Runbook = new ExecutionRunbook { Name = runbook },
                    Trigger = new ExecutionTrigger { Type = TriggerType.Manual },
                    Mode = RunbookMode.Copilot,
                },
            },
            CancellationToken.None);
        return runbook;
    }
}
