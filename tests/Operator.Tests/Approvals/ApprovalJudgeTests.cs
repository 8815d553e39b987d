using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Approvals;

public sealed class ApprovalJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 30, 0, TimeSpan.Zero);

    private static readonly HmacKeys Keys = new([.. Enumerable.Repeat((byte)1, HmacKeys.Length)]);

    /// <summary>What is wrong, from the first objection to the last: each alone leads to its own answer.</summary>
    public static TheoryData<string, string, string> Objections() => new()
    {
        { "seal", ApprovalState.Refused, "seal" },
        { "uid", ApprovalState.Void, "another run" },
        { "attempt", ApprovalState.Void, "attempt 2" },
        { "digest", ApprovalState.Void, "changed" },
        { "age", ApprovalState.Void, "older than 30m" },
        { "account", ApprovalState.Refused, "service accounts" },
        { "permission", ApprovalState.Refused, "runbooks/dangerous" },
        { "self", ApprovalState.Refused, "started" },
        { "confirm", ApprovalState.Refused, "checkout-db" },
    };

    [Fact]
    public void A_decision_with_nothing_against_it_counts()
    {
        var judged = Judge([]);

        Assert.True(judged.Counts);
        Assert.Equal(("riley", ApprovalDecision.Approve, null), (judged.User, judged.Decision, judged.Message));
    }

    [Theory]
    [MemberData(nameof(Objections))]
    public void Each_objection_alone_is_enough(string wrong, string state, string says)
    {
        var judged = Judge([wrong]);

        Assert.False(judged.Counts);
        Assert.Equal(state, judged.State);
        Assert.Contains(says, judged.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Objections))]
    public void Of_several_objections_the_first_speaks(string first, string state, string says)
    {
        var all = Objections().Select(row => (string)((object[])row)[0]).ToList();
        var judged = Judge([.. all[all.IndexOf(first)..]]);

        Assert.Equal(state, judged.State);
        Assert.Contains(says, judged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_unsealed_ever_counts_whatever_is_decided()
    {
        foreach (var decision in Enum.GetValues<ApprovalDecision>())
        {
            Assert.Equal(ApprovalState.Refused, Judge(["seal"], decision).State);
            Assert.Equal(ApprovalState.Refused, ApprovalJudge.Judge(Approval([], decision) with { Spec = Spec([], decision) with { User = null } }, Facts([]) with { Sealed = true }).State);
        }
    }

    [Fact]
    public void The_seal_holds_every_field_of_a_decision_and_its_namespace()
    {
        var spec = Spec([], ApprovalDecision.Approve);
        spec = spec with { User = spec.User! with { Seal = ApprovalSeal.Compute(Keys, "shop", spec) } };
        RunbookApprovalSpec[] changed =
        [
            spec with { Execution = spec.Execution with { Name = "x" } }, spec with { Execution = spec.Execution with { Uid = "x" } }, spec with { Step = "x" }, spec with { Attempt = 9 },
            spec with { Decision = ApprovalDecision.Skip }, spec with { Digest = "x" }, spec with { Confirm = "x" }, spec with { Reason = "x" },
            spec with { User = spec.User with { Username = "x" } }, spec with { User = spec.User with { Uid = "x" } }, spec with { User = spec.User with { Groups = ["x"] } },
            spec with { User = spec.User with { Extra = new() { ["x"] = ["y"] } } }, spec with { User = spec.User with { At = Now } }, spec with { User = spec.User with { Seal = "" } },
        ];

        Assert.True(ApprovalSeal.IsValid(Keys, "shop", spec));
        Assert.False(ApprovalSeal.IsValid(Keys, "other", spec));
        Assert.All(changed, forged => Assert.False(ApprovalSeal.IsValid(Keys, "shop", forged)));
    }

    [Fact]
    public void Saying_no_needs_no_permission_and_all_else_does()
    {
        Assert.False(ApprovalJudge.NeedsPermission(ApprovalDecision.Reject));
        Assert.All(Enum.GetValues<ApprovalDecision>().Where(decision => decision != ApprovalDecision.Reject), decision => Assert.True(ApprovalJudge.NeedsPermission(decision)));
    }

    [Theory]
    [InlineData(ApprovalDecision.Reject)]
    [InlineData(ApprovalDecision.Skip)]
    [InlineData(ApprovalDecision.Retry)]
    [InlineData(ApprovalDecision.MarkDone)]
    public void Only_approving_asks_for_another_person_and_the_typed_text(ApprovalDecision decision) => Assert.True(Judge(["self", "confirm"], decision).Counts);

    [Fact]
    public void The_person_who_started_a_run_may_approve_where_the_policy_says_so() =>
        Assert.True(ApprovalJudge.Judge(Approval([]), Under(Facts(["self"]), "{approvals: {dangerous: {allowSelf: true}}}")).Counts);

    [Theory]
    [InlineData("{users: [riley]}", null)]
    [InlineData("{groups: [seniors]}", null)]
    [InlineData("{groups: [leads]}", "groups leads")]
    [InlineData("{groups: [leads], users: [sam]}", "groups leads and users sam")]
    public void A_policy_is_a_second_lock_beside_the_permission(string dangerous, string? lacks)
    {
        var approval = Approval([]);
        approval = approval with { Spec = approval.Spec with { User = approval.Spec.User! with { Groups = ["seniors"] } } };
        var judged = ApprovalJudge.Judge(approval, Under(Facts([]), "{approvals: {dangerous: " + dangerous + "}}"));

        Assert.Equal(lacks is null ? null : $"the policy runbooks-system/default lets only {lacks} decide", judged.Message);
        Assert.Equal(lacks is null, judged.Counts);
        Assert.False(ApprovalJudge.Judge(approval, Under(Facts(["permission"]), "{approvals: {dangerous: " + dangerous + "}}")).Counts);
    }

    [Fact]
    public void A_service_account_that_a_policy_names_may_decide()
    {
        var named = Under(Facts([]), "{approvals: {dangerous: {users: ['system:serviceaccount:shop:bot']}}}");

        Assert.True(ApprovalJudge.Judge(Approval(["account"]), named).Counts);
        Assert.False(ApprovalJudge.Judge(Approval(["account"]), Under(Facts([]), "{approvals: {dangerous: {users: [riley]}}}")).Counts);
        Assert.False(ApprovalJudge.Judge(Approval(["account"]), Under(Facts([]), "{approvals: {dangerous: {groups: ['system:serviceaccounts']}}}")).Counts);
    }

    private static ApprovalFacts Under(ApprovalFacts facts, string policy) => facts with { Prepared = facts.Prepared with { Policy = Given.Policy(policy) } };

    [Fact]
    public void A_decision_counts_for_half_an_hour_to_the_second()
    {
        Assert.True(ApprovalJudge.Judge(Approval([]), Facts([]) with { Now = Now.AddMinutes(25) }).Counts);
        Assert.False(ApprovalJudge.Judge(Approval([]), Facts([]) with { Now = Now.AddMinutes(25).AddSeconds(1) }).Counts);
    }

    [Theory]
    [InlineData(RiskLevel.Safe, "caution")]
    [InlineData(RiskLevel.Caution, "caution")]
    [InlineData(RiskLevel.Dangerous, "dangerous")]
    public void The_permission_goes_by_the_risk(RiskLevel risk, string subresource) =>
        Assert.Equal(subresource, ApprovalJudge.Subresource(Facts([]).Prepared with { Risk = risk }));

    [Fact]
    public void A_break_glass_is_not_acted_upon_and_so_refused()
    {
        var approval = Approval([]);
        var judged = ApprovalJudge.Judge(approval with { Spec = approval.Spec with { BreakGlass = true } }, Facts([]));

        Assert.Equal((ApprovalState.Refused, "spec.breakGlass is not acted upon by this version; remove it"), (judged.State, judged.Message));
    }

    [Fact]
    public void A_step_that_is_not_dangerous_needs_no_typed_text() =>
        Assert.True(ApprovalJudge.Judge(Approval(["confirm"]), Facts([]) with { Prepared = Facts([]).Prepared with { Risk = RiskLevel.Caution } }).Counts);

    private static JudgedDecision Judge(string[] wrong, ApprovalDecision decision = ApprovalDecision.Approve) => ApprovalJudge.Judge(Approval(wrong, decision), Facts(wrong));

    private static ApprovalFacts Facts(string[] wrong) => new()
    {
        Execution = new RunbookExecution
        {
            Metadata = new ObjectMeta { Name = "run", Namespace = "shop", Uid = wrong.Contains("uid") ? "uid-2" : "uid-1" },
            Spec = new RunbookExecutionSpec
            {
                Runbook = new ExecutionRunbook { Name = "slow" },
                Trigger = new ExecutionTrigger { Type = TriggerType.Manual, User = wrong.Contains("self") ? Author(wrong) : "sam" },
            },
        },
        Prepared = new PreparedStep
        {
            Step = "failover",
            Attempt = wrong.Contains("attempt") ? 2 : 1,
            Policy = EffectivePolicy.BuiltIn,
            Risk = RiskLevel.Dangerous,
            Reasons = [],
            Command = "failover",
            Digest = wrong.Contains("digest") ? "d2" : "d1",
            Confirm = "checkout-db",
        },
        Sealed = !wrong.Contains("seal"),
        Allowed = !wrong.Contains("permission"),
        Now = Now,
    };

    private static RunbookApproval Approval(string[] wrong, ApprovalDecision decision = ApprovalDecision.Approve) =>
        new() { Metadata = new ObjectMeta { Name = "a", Namespace = "shop" }, Spec = Spec(wrong, decision) };

    private static RunbookApprovalSpec Spec(string[] wrong, ApprovalDecision decision) => new()
    {
        Execution = new ApprovalExecution { Name = "run", Uid = "uid-1" },
        Step = "failover",
        Attempt = 1,
        Decision = decision,
        Digest = "d1",
        Confirm = wrong.Contains("confirm") ? "checkout" : "checkout-db",
        User = new ApprovalUser { Username = Author(wrong), At = Now.AddMinutes(wrong.Contains("age") ? -31 : -5), Seal = "" },
    };

    private static string Author(string[] wrong) => wrong.Contains("account") ? "system:serviceaccount:shop:bot" : "riley";
}
