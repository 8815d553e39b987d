using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cluster.Stories;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Approvals;

/// <summary>Who may say yes, on a real API server. Each decision that does not count is followed by what ends the run, so that it is certain that
/// the step did not act in between.</summary>
[Collection(SceneCollection.Name)]
[Trait("Category", "Cluster")]
public sealed class ApprovalTests(Scene scene) : IAsyncLifetime
{
    private const string Bounce = """
        - name: bounce
          uses: kubernetes/rollout-restart
          with: {kind: Deployment, name: checkout}
          risk: caution
        """;

    private const string Webhooks = "mutatingwebhookconfiguration,validatingwebhookconfiguration";

    private long _generation;

    public async Task InitializeAsync() => _generation = await scene.GenerationAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_person_without_the_verb_approve_is_refused()
    {
        await scene.AllowAsync("--user=sam", "runbooks-responder");
        var run = await WaitingAsync();
        var refused = await scene.JudgedAsync(await scene.DecideAsync("sam", run, "bounce", ApprovalDecision.Approve), ApprovalState.Refused);

        Assert.Contains("sam lacks the verb approve on runbooks/caution", refused.Status!.Message, StringComparison.Ordinal);
        await EndsWithoutActingAsync(run);
    }

    [Fact]
    public async Task A_permission_that_is_taken_away_before_its_use_is_gone()
    {
        await scene.AllowAsync("--user=quinn", "runbooks-responder", "runbooks-approver-caution");
        var run = await WaitingAsync();
        await scene.WantAsync("quinn", run, DesiredState.Paused);
        await scene.UntilAsync(run, "it is paused", status => status.Phase == ExecutionPhase.Paused);
        var approval = await scene.DecideAsync("quinn", run, "bounce", ApprovalDecision.Approve);
        await scene.JudgedAsync(approval, ApprovalState.Counted);
        await scene.Kubectl.RunAsync(["delete", "rolebinding", "-n", scene.Namespace, "quinn-runbooks-approver-caution"]);
        await Stage.UntilAsync("the API server knows that quinn may not", async () =>
            (await scene.Kubectl.TryAsync(["auth", "can-i", "approve", "runbooks/caution", "-n", scene.Namespace, "--as=quinn"])).Output.StartsWith("no", StringComparison.Ordinal));
        await scene.WantAsync("quinn", run, DesiredState.Running);

        await scene.JudgedAsync(approval, ApprovalState.Refused);
        await EndsWithoutActingAsync(run);
    }

    [Fact]
    public async Task Whoever_started_a_run_may_not_approve_its_steps_and_another_may()
    {
        await scene.AllowAsync("--user=pat", "runbooks-responder", "runbooks-approver-caution");
        var run = await WaitingAsync("riley");
        Assert.Equal("riley", (await scene.RunAsync(run)).Spec.Trigger.User);
        var refused = await scene.JudgedAsync(await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve), ApprovalState.Refused);
        Assert.Contains("started", refused.Status!.Message, StringComparison.Ordinal);
        Assert.Equal(_generation, await scene.GenerationAsync());
        await scene.DecideAsync("pat", run, "bounce", ApprovalDecision.Approve);

        var ended = await scene.EndAsync(run);
        Assert.Equal((ExecutionPhase.Succeeded, "pat"), (ended.Status!.Phase, ended.Status.ApprovedBy));
        Assert.Equal(["pat"], ended.Status.Steps!.Single().Approvals!.Select(approval => approval.User));
        Assert.Equal(_generation + 1, await scene.GenerationAsync());
    }

    [Fact]
    public async Task A_decision_on_what_was_shown_before_is_void()
    {
        var run = await WaitingAsync();
        var approval = await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve, spec => spec with { Digest = new string('0', 64) });

        Assert.Contains("changed", (await scene.JudgedAsync(approval, ApprovalState.Void)).Status!.Message, StringComparison.Ordinal);
        await EndsWithoutActingAsync(run);
    }

    [Fact]
    public async Task A_service_account_may_not_decide_whatever_it_may_do()
    {
        var account = $"system:serviceaccount:{scene.Namespace}:bot";
        await scene.AllowAsync($"--serviceaccount={scene.Namespace}:bot", "runbooks-responder", "runbooks-approver-caution");
        var run = await WaitingAsync();
        var approval = await scene.DecideAsync(account, run, "bounce", ApprovalDecision.Approve);

        Assert.Contains("service accounts", (await scene.JudgedAsync(approval, ApprovalState.Refused)).Status!.Message, StringComparison.Ordinal);
        await EndsWithoutActingAsync(run);
    }

    [Fact]
    public async Task A_name_that_is_not_that_of_the_login_is_refused_at_once()
    {
        var run = await WaitingAsync();

        var refused = await Assert.ThrowsAsync<ApiException>(() => scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve, Forged));

        Assert.True(refused.IsForbidden);
        await EndsWithoutActingAsync(run);
    }

    [Fact]
    public async Task What_was_made_while_there_was_no_webhook_never_counts()
    {
        var run = await WaitingAsync();
        var saved = JsonNode.Parse(await scene.Kubectl.RunAsync(["get", Webhooks, "runbook-operator", "-o", "json"]))!;
        string unsealed;
        string forged;
        await scene.Kubectl.RunAsync(["delete", Webhooks, "runbook-operator"]);
        try
        {
            // The API server asks a webhook for a moment longer; until it does not, a decision is stamped, or refused for its forged stamp.
            forged = "";
            await Stage.UntilAsync("the API server asks no webhook any more", async () => (forged = await ForgeAsync(run)).Length > 0);
            unsealed = await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Approve);
        }
        finally
        {
            await RestoreAsync(saved);
        }

        foreach (var approval in new[] { forged, unsealed })
        {
            Assert.Contains("seal", (await scene.JudgedAsync(approval, ApprovalState.Refused)).Status!.Message, StringComparison.Ordinal);
        }

        await Stage.UntilAsync("the API server asks the webhook again", async () => (await ForgeAsync(run)).Length == 0);
        await EndsWithoutActingAsync(run);
    }

    private async Task<string> WaitingAsync(string user = "starter")
    {
        var run = await scene.StartAsync(Bounce, user);
        await scene.UntilAsync(run, "it waits for approval", status => status.Steps?.Exists(step => step.State == StepState.Waiting) == true);
        return run;
    }

    // Riley says no: the last word on the run, spoken after the operator has judged what was before.
    private async Task EndsWithoutActingAsync(string run)
    {
        await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Reject);
        var ended = await scene.EndAsync(run);

        Assert.Equal(_generation, await scene.GenerationAsync());
        Assert.Null(ended.Status!.ApprovedBy);
        Assert.DoesNotContain(ended.Status.Audit!.Entries!, entry => entry.What.StartsWith("started attempt", StringComparison.Ordinal));
        Assert.Equal((Reasons.Rejected, StepState.Failed), (ended.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded).Reason, ended.Status.Steps!.Single().State));
    }

    private static RunbookApprovalSpec Forged(RunbookApprovalSpec spec) =>
        spec with { User = new ApprovalUser { Username = "pat", At = TimeProvider.System.GetUtcNow(), Seal = new string('a', 64) } };

    // The name of the forged decision, or nothing if it was refused.
    private async Task<string> ForgeAsync(string run)
    {
        try
        {
            return await scene.DecideAsync("riley", run, "bounce", ApprovalDecision.Skip, Forged);
        }
        catch (ApiException exception) when (exception.IsForbidden || exception.IsAlreadyExists)
        {
            return exception.IsForbidden ? "" : "made before";
        }
    }

    private async Task RestoreAsync(JsonNode saved)
    {
        foreach (var item in saved["items"]!.AsArray())
        {
            foreach (var field in new[] { "resourceVersion", "uid", "creationTimestamp", "managedFields", "generation", "selfLink" })
            {
                item!["metadata"]!.AsObject().Remove(field);
            }
        }

        await scene.Kubectl.RunAsync(["create", "-f", "-"], saved.ToJsonString());
    }
}
