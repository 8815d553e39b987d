using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Runs;

/// <summary>Single runs with real Pods: values stay data, and a run ends whatever becomes of its Pod.</summary>
[Collection(SceneCollection.Name)]
public sealed class RunTests(Scene scene)
{
    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task Values_are_data_to_the_kubelet_and_to_the_shell_and_what_is_not_plain_does_not_enter()
    {
        var run = await scene.StartAsync(
            """
            - name: today
              run: echo 'literal $(HOME) $$' "$date"
              outputs: [{name: said, regex: 'literal (.*)'}]
            - name: label
              run: echo "$label"
            """,
            parameters: new() { ["date"] = "2026-11-21", ["label"] = "$(PASSWORD)" });

        var status = (await scene.EndAsync(run)).Status!;
        Assert.Equal("$(HOME) $$ 2026-11-21", status.Variables!["said"]);
        Assert.Equal(["today:Succeeded", "label:Failed"], status.Steps!.Select(step => $"{step.Name}:{step.State}"));
        Assert.Equal(Reasons.UnsafeValue, Succeeded(status).Reason);
        Assert.Contains("the value of label may not enter a command", Succeeded(status).Message, StringComparison.Ordinal);
        Assert.Equal(["today"], await StepsWithPodsAsync(run));
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_pod_that_vanishes_leaves_its_step_unknown_and_runs_no_second_time()
    {
        var run = await scene.StartAsync(
            """
            - name: long
              run: sleep 300
            """);
        var pod = await RunningPodAsync(run, "long");
        await scene.Kubectl.RunAsync(["delete", "pod", "-n", scene.Namespace, pod, "--force", "--grace-period=0"]);

        var waiting = await scene.UntilAsync(run, "the step is of unknown outcome", status => status.Steps![0].State == StepState.Unknown);
        Assert.Contains("vanished", waiting.Status!.Steps![0].Message, StringComparison.Ordinal);
        await scene.DecideAsync("riley", run, "long", ApprovalDecision.Skip);
        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Succeeded, StepState.Skipped, 1), (ended.Status!.Phase, ended.Status.Steps![0].State, ended.Status.Steps[0].Attempt));
        Assert.Single(scene.Ledger.Pods, seen => seen.Name == pod);
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_pod_that_may_not_run_twice_cannot_vanish_before_its_end_was_read()
    {
        var run = await scene.StartAsync(
            """
            - name: long
              run: sleep 300
              risk: caution
            """);
        await scene.UntilAsync(run, "it waits for approval", status => status.Steps?[0].State == StepState.Waiting);
        await scene.DecideAsync("riley", run, "long", ApprovalDecision.Approve);
        var pod = await RunningPodAsync(run, "long");
        await scene.Kubectl.RunAsync(["delete", "pod", "-n", scene.Namespace, pod, "--wait=false", "--grace-period=1"]);

        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Failed, StepState.Failed, 1, 137), (ended.Status!.Phase, ended.Status.Steps![0].State, ended.Status.Steps[0].Attempt, ended.Status.Steps[0].ExitCode));
        await GoneAsync(pod);
        Assert.Single(scene.Ledger.Pods, seen => seen.Name == pod);
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task What_was_running_when_a_run_was_ended_at_once_is_of_unknown_outcome()
    {
        var run = await scene.StartAsync(
            """
            - name: long
              run: sleep 300
              risk: caution
            """);
        await scene.UntilAsync(run, "it waits for approval", status => status.Steps?[0].State == StepState.Waiting);
        await scene.DecideAsync("riley", run, "long", ApprovalDecision.Approve);
        var pod = await RunningPodAsync(run, "long");
        await scene.Kubectl.RunAsync(["patch", "rbx", "-n", scene.Namespace, run, "--type=merge", "-p", """{"spec":{"desiredState":"Aborted"}}"""]);
        await scene.Kubectl.RunAsync(["delete", "pod", "-n", scene.Namespace, pod, "--wait=false"]);

        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Aborted, StepState.Unknown), (ended.Status!.Phase, ended.Status.Steps![0].State));
        Assert.Contains("its pod was deleted while its command ran", ended.Status.Steps[0].Message, StringComparison.Ordinal);
        Assert.Contains("whether step long happened is not known", Succeeded(ended.Status).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_step_that_takes_too_long_is_stopped()
    {
        var run = await scene.StartAsync(
            """
            - name: long
              run: sleep 300
              timeout: 3s
            """);

        var ended = await scene.EndAsync(run);
        Assert.Equal((Reasons.StepTimedOut, StepState.Failed), (Succeeded(ended.Status!).Reason, ended.Status!.Steps![0].State));
        await GoneAsync(ended.Status.Steps[0].Pod!);
    }

    [Fact]
    [Trait("Category", "Cluster")]
    public async Task A_namespace_that_does_not_let_the_operator_in_ends_the_run_and_says_so()
    {
        await using var closed = await TestNamespace.CreateAsync(scene.Kubectl);
        var run = await scene.StartAsync(
            """
            - name: look
              uses: kubernetes/get
              with: {kind: Deployment, name: checkout}
            """,
            ns: closed.Name);

        var ended = await scene.EndAsync(run, closed.Name);
        Assert.Equal(ExecutionPhase.Failed, ended.Status!.Phase);
        Assert.Contains($"the namespace {closed.Name} does not let the operator in", Succeeded(ended.Status).Message, StringComparison.Ordinal);
    }

    private static Condition Succeeded(RunbookExecutionStatus status) => status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);

    private async Task<string> RunningPodAsync(string run, string step)
    {
        var started = await scene.UntilAsync(run, "its pod is recorded", status => status.Steps?.Exists(candidate => candidate.Name == step && candidate.Pod is not null) == true);
        var pod = new NamespacedName(scene.Namespace, started.Status!.Steps!.Single(candidate => candidate.Name == step).Pod!);
        await Stage.UntilAsync($"{pod} runs", async () => (await scene.Client.FindAsync<Pod>(pod, CancellationToken.None))?.Status?.Phase == "Running");
        return pod.Name;
    }

    private Task GoneAsync(string pod) => Stage.UntilAsync(
        $"{pod} is gone", async () => await scene.Client.FindAsync<Pod>(new NamespacedName(scene.Namespace, pod), CancellationToken.None) is null);

    private async Task<List<string>> StepsWithPodsAsync(string run)
    {
        var pods = await scene.Client.ListAllAsync<Pod>(scene.Namespace, new ListOptions { LabelSelector = $"{Names.ExecutionLabel}={run}" }, CancellationToken.None);
        return [.. pods.Select(pod => pod.Metadata.Labels![Names.StepLabel])];
    }
}
