using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Policies;

public sealed class PolicyMergeTests
{
    [Fact]
    public void Without_a_policy_the_built_in_one_holds()
    {
        var policy = Given.Policy(null);

        Assert.Equal([(0, false), (1, false), (2, true)], Enum.GetValues<RiskLevel>().Select(risk => (policy.Approvals(risk).Required.Value, policy.Approvals(risk).TypedConfirmation.Value)));
        Assert.All(PolicyAnswers.Of(policy), answer => Assert.Equal("built-in", answer.Policy));
        Assert.Null(PolicyHold.Of(policy, RiskLevel.Dangerous, byHand: false, DateTimeOffset.UnixEpoch));
    }

    /// <summary>The base, others, a field, what it says, and who says so.</summary>
    public static TheoryData<string?, string[], string, string, string> Answers() => new()
    {
        { "{suspend: true}", [], "suspend", "true", "runbooks-system/default" },
        { null, ["{suspend: true}", "{suspend: false}"], "suspend", "true", "shop/a" },
        { "{suspend: true}", ["{suspend: false}"], "suspend", "true", "runbooks-system/default" },
        { "{approvals: {caution: {required: 0}}}", [], "approvals.caution.required", "0", "runbooks-system/default" },
        { "{approvals: {dangerous: {required: 1}}}", [], "approvals.dangerous.required", "1", "runbooks-system/default" },
        { null, ["{approvals: {dangerous: {required: 1}}}"], "approvals.dangerous.required", "2", "built-in" },
        { null, ["{approvals: {safe: {required: 1}}}", "{approvals: {safe: {required: 3}}}"], "approvals.safe.required", "3", "shop/b" },
        { "{approvals: {caution: {allowSelf: true}}}", [], "approvals.caution.allowSelf", "true", "runbooks-system/default" },
        { "{approvals: {caution: {allowSelf: true}}}", ["{approvals: {caution: {allowSelf: false}}}"], "approvals.caution.allowSelf", "false", "shop/a" },
        { null, ["{approvals: {caution: {allowSelf: true}}}"], "approvals.caution.allowSelf", "false", "built-in" },
        { "{approvals: {dangerous: {typedConfirmation: false}}}", [], "approvals.dangerous.typedConfirmation", "false", "runbooks-system/default" },
        { null, ["{approvals: {dangerous: {typedConfirmation: false}}}"], "approvals.dangerous.typedConfirmation", "true", "built-in" },
        { "{approvals: {caution: {timeout: 2h}}}", ["{approvals: {caution: {timeout: 1h}}}", "{approvals: {caution: {timeout: 90m}}}"], "approvals.caution.timeout", "1h", "shop/a" },
        { null, ["{approvals: {caution: {timeout: 2h}}}"], "approvals.caution.timeout", "30m", "built-in" },
        { null, ["{approvals: {caution: {groups: [x]}}}", "{approvals: {caution: {users: [y]}}}"], "approvals.caution.approvers[1]", "users y", "shop/b" },
        { "{run: Deny}", ["{run: Allow}"], "run", "Deny", "runbooks-system/default" },
        { "{run: Listed}", ["{run: Deny}"], "run", "Deny", "shop/a" },
        { null, ["{limits: {executionsPerHour: 9}}", "{limits: {executionsPerHour: 5}}"], "limits.executionsPerHour", "5", "shop/b" },
        { "{limits: {maximumReplicas: 5}}", ["{limits: {maximumReplicas: 9}}"], "limits.maximumReplicas", "5", "runbooks-system/default" },
        { "{limits: {stepsInParallel: 10}}", [], "limits.stepsInParallel", "10", "runbooks-system/default" },
        { "{correlation: {window: 1h, settle: 1m}}", ["{correlation: {window: 2h, settle: 30s}}"], "correlation.window", "1h", "runbooks-system/default" },
        { null, ["{correlation: {settle: 30s}}", "{correlation: {settle: 5m}}"], "correlation.settle", "5m", "shop/b" },
        { "{actions: {deny: [kubernetes/delete]}}", ["{actions: {allow: ['kubernetes/*']}}"], "actions.allow[0]", "kubernetes/*", "shop/a" },
        { null, ["{freezes: [{schedule: '0 0 * * *', duration: 1h}]}"], "freezes[0]", "0 0 * * * UTC for 1h, but safe", "shop/a" },
        { null, ["{programs: [{name: git, subcommands: [push, 'remote add'], risk: dangerous, reason: it tells}]}"], "programs[0]", "git push, remote add: dangerous, it tells", "shop/a" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Each_answer_is_the_tightest_and_says_whose_it_is(string? first, string[] others, string field, string value, string policy)
    {
        var answer = PolicyAnswers.Of(Given.Policy(first, others)).Single(answer => answer.Field == field);

        Assert.Equal((value, policy), (answer.Value, answer.Policy));
    }

    [Fact]
    public void A_base_that_cannot_be_used_loosens_nothing_and_lets_only_safe_steps_run()
    {
        var broken = new PolicySource("runbooks-system/default", Given.Spec("{approvals: {caution: {required: 0}, safe: {required: 2}}}"), new PolicyProblem(Reasons.Invalid, "it is broken"));
        var policy = PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(broken, []));

        Assert.Equal((2, 1), (policy.Safe.Required.Value, policy.Caution.Required.Value));
        Assert.Null(PolicyHold.Of(policy, RiskLevel.Safe, byHand: false, DateTimeOffset.UnixEpoch));
        Assert.Equal(
            (Reasons.PolicyUnusable, "held: nothing but safe steps runs while the policy runbooks-system/default cannot be used: it is broken"),
            PolicyHold.Of(policy, RiskLevel.Caution, byHand: false, DateTimeOffset.UnixEpoch) is { } hold ? (hold.Reason, hold.Message) : default);
    }

    [Fact]
    public void One_that_cannot_be_used_and_suspends_suspends_all_the_same()
    {
        var policy = PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(null, [new("a/stop", Given.Spec("{suspend: true, retention: 9d}"), new(Reasons.NotSupported, "x"))]));

        Assert.Equal(Reasons.Suspended, PolicyHold.Of(policy, RiskLevel.Safe, byHand: false, DateTimeOffset.UnixEpoch)?.Reason);
    }

    [Fact]
    public void The_freeze_that_ends_last_speaks_and_only_to_what_is_above_it()
    {
        var policy = Given.Policy(null, "{freezes: [{schedule: '0 10 * * *', duration: 2h, allow: caution}, {schedule: '0 11 * * *', duration: 30m}]}");
        var now = new DateTimeOffset(2026, 11, 20, 11, 10, 0, TimeSpan.Zero);

        Assert.Null(PolicyHold.Of(policy, RiskLevel.Safe, byHand: false, now));
        Assert.Equal("held by the policy shop/a, which freezes what is above safe until 2026-11-20 11:30Z", PolicyHold.Of(policy, RiskLevel.Caution, byHand: false, now)?.Message);
        Assert.Equal(now.AddMinutes(50), PolicyHold.Of(policy, RiskLevel.Dangerous, byHand: false, now)?.Until);
        Assert.Null(PolicyHold.Of(policy, RiskLevel.Dangerous, byHand: true, now));
    }

    [Fact]
    public void No_more_answers_are_told_than_a_status_holds()
    {
        var programs = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"{{name: p{i}, risk: safe, reason: r}}"));

        Assert.Equal(Limits.Answers, PolicyAnswers.Of(Given.Policy($"{{programs: [{programs}]}}")).Count);
    }
}
