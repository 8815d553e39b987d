using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Cluster;

[Trait("Category", "Cluster")]
public sealed class DecisionTests : ClusterTest
{
    private const string Run = "latency-1a2b3c4d";

    [Fact]
    public async Task What_is_approved_is_shown_in_full_and_carried_as_it_was_shown()
    {
        var run = await ARunAsync(Run, Samples.Succeeded(), Samples.Waiting());
        var answer = AnswerAsync(ApprovalState.Counted, "counted");
        var host = Host(random: "abc123");
        Assert.Equal(0, await host.RunAsync("approve", Run, "--yes", "--reason", "looks right"));
        Assert.Equal(
            $"""
            {Run}: step 2/4 bounce
              command  kubernetes/rollout-restart kind=Deployment name=payment
              risk     caution
                       restarts every Pod of Deployment payments/payment
              as       payment-fixer
              undo     nothing: a restart leaves the same version
              state    waits for one approval
            runbookexecution.runbooks.dev/{Run} approved

            """.ReplaceLineEndings("\n"),
            host.Out);
        var approval = await answer;
        Assert.Equal($"{Run}-bounce-1-abc123", approval.Metadata.Name);
        Assert.Equal(run.Metadata.Uid, approval.Spec.Execution.Uid);
        Assert.Equal((new string('d', 64), 1, "looks right"), (approval.Spec.Digest, approval.Spec.Attempt, approval.Spec.Reason));
    }

    [Theory]
    [InlineData(ApprovalState.Refused, "error: the operator refused the decision: riley may not approve dangerous steps\n")]
    [InlineData(ApprovalState.Void, "error: the decision is void: riley may not approve dangerous steps\n")]
    public async Task A_decision_that_does_not_count_is_a_failure(string state, string error)
    {
        await ARunAsync(Run, Samples.Waiting(risk: "dangerous"));
        var answer = AnswerAsync(state, "riley may not approve dangerous steps");
        var host = Host();
        Assert.Equal(1, await host.RunAsync("approve", Run, "--confirm", "payments-db"));
        Assert.Equal(error, host.Error);
        Assert.Equal("payments-db", (await answer).Spec.Confirm);
    }

    [Fact]
    public async Task Without_an_answer_in_time_it_says_so_and_is_no_failure()
    {
        await ARunAsync(Run, Samples.Waiting());
        var time = new ManualTimeProvider();
        var host = Host(time);
        var ended = host.RunAsync("skip", Run, "--yes");
        await time.WaitForTimerAsync(ApprovalAnswer.Timeout);
        time.Advance(ApprovalAnswer.Timeout);
        Assert.Equal(0, await ended);
        Assert.EndsWith($"{Run} skipped\nNo answer from the operator yet; 'runbook follow {Run}' shows what becomes of it.\n", host.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_program_standard_output_holds_the_object_alone()
    {
        await ARunAsync(Run, Samples.Waiting());
        var answer = AnswerAsync(ApprovalState.Counted, "counted");
        var host = Host();
        Assert.Equal(0, await host.RunAsync("reject", Run, "bounce", "--yes", "-o", "json"));
        Assert.Equal("Reject", (string?)JsonNode.Parse(host.Out)!["spec"]!["decision"]);
        Assert.Contains("command  kubernetes/rollout-restart", host.Error, StringComparison.Ordinal);
        await answer;
    }

    [Fact]
    public async Task Nothing_is_written_where_nobody_said_yes()
    {
        await ARunAsync(Run, Samples.Waiting());
        var host = Host();
        Assert.Equal(1, await host.RunAsync("approve", Run));
        Assert.Equal("error: there is no terminal to ask on: give --yes to approve without a question\n", host.Error);
        Assert.Empty(await Client.ListAllAsync<RunbookApproval>(Namespace, null, CancellationToken.None));
    }

    [Fact]
    public async Task An_unknown_run_is_an_error_with_a_guess()
    {
        await ARunAsync(Run);
        var host = Host();
        Assert.Equal(1, await host.RunAsync("approve", "latency"));
        Assert.Equal($"error: runbookexecution.runbooks.dev \"latency\" not found in namespace {Namespace}; did you mean {Run}?\n", host.Error);
    }
}
