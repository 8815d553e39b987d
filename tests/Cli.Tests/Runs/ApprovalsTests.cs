using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class ApprovalsTests
{
    [Fact]
    public void A_decision_carries_what_the_person_saw()
    {
        var step = Samples.Waiting() with { Attempt = 3 };
        var approval = Approvals.Of(Samples.Run(step), step, Decision.All[0], "payments-db", "looks right", "abc123");
        Assert.Equal("latency-1a2b3c4d-bounce-3-abc123", approval.Metadata.Name);
        Assert.Equal("payments", approval.Metadata.Namespace);
        Assert.Equal("latency-1a2b3c4d", approval.Metadata.Labels![Names.ExecutionLabel]);
        Assert.Equal(
            new RunbookApprovalSpec
            {
                Execution = new ApprovalExecution { Name = "latency-1a2b3c4d", Uid = "uid-1" },
                Step = "bounce",
                Attempt = 3,
                Decision = ApprovalDecision.Approve,
                Digest = step.Digest!,
                Confirm = "payments-db",
                Reason = "looks right",
            },
            approval.Spec);
    }

    [Fact]
    public void What_was_not_said_is_left_out()
    {
        var spec = Approvals.Of(Samples.Run(), Samples.Waiting(), Decision.All[0], confirm: "", reason: "", "abc123").Spec;
        Assert.Null(spec.Confirm);
        Assert.Null(spec.Reason);
    }

    [Fact]
    public void A_decision_goes_with_its_run_and_is_not_managed_by_it()
    {
        var owner = Assert.Single(Approvals.Of(Samples.Run(), Samples.Waiting(), Decision.All[0], null, null, "abc123").Metadata.OwnerReferences!);
        Assert.Equal(("runbooks.dev/v1alpha1", "RunbookExecution", "latency-1a2b3c4d", "uid-1"), (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid));
        Assert.False(owner.Controller);
    }

    [Fact]
    public void A_run_of_the_longest_name_can_be_decided_on()
    {
        var run = Samples.Run();
        var name = new string('r', Limits.Subdomain);
        var approval = Approvals.Of(run with { Metadata = run.Metadata with { Name = name } }, Samples.Waiting(), Decision.All[0], null, null, "abc123");
        Assert.Equal(Limits.Subdomain, approval.Metadata.Name!.Length);
        Assert.EndsWith("-bounce-1-abc123", approval.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal(name, approval.Spec.Execution.Name);
        Assert.Null(approval.Metadata.Labels);
    }

    [Theory]
    [InlineData(ApprovalState.Refused, "the operator refused the decision: you may not")]
    [InlineData(ApprovalState.Void, "the decision is void: you may not")]
    public void A_decision_that_does_not_count_is_an_error(string state, string message) =>
        Assert.Equal(message, Assert.Throws<CliException>(() => ApprovalAnswer.Judge(Answered(state))).Message);

    [Fact]
    public void A_decision_that_counts_is_none() => ApprovalAnswer.Judge(Answered(ApprovalState.Counted));

    [Fact]
    public void A_decision_that_is_gone_does_not_count() => Assert.Throws<CliException>(() => ApprovalAnswer.Judge(null));

    private static RunbookApproval Answered(string state) =>
        Approvals.Of(Samples.Run(), Samples.Waiting(), Decision.All[0], null, null, "abc123") with
        {
            Status = new RunbookApprovalStatus { State = state, Message = "you may not" },
        };
}
