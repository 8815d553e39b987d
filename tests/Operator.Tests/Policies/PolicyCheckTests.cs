using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Tests.Policies;

public sealed class PolicyCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{suspend: true}", null)]
    [InlineData("{autopilot: {maximumRisk: safe}}", null)]
    [InlineData("{autopilot: {cleanRuns: 5}}", "spec.autopilot.cleanRuns is not acted upon")]
    [InlineData("{breakGlass: {groups: [leads]}}", "spec.breakGlass is not acted upon")]
    [InlineData("{retention: 90d}", "spec.retention is not acted upon")]
    [InlineData("{approvals: {dangerous: {required: 0}}}", "spec.approvals.dangerous.required")]
    [InlineData("{approvals: {caution: {required: 0, typedConfirmation: true}}}", "typedConfirmation needs somebody who types")]
    [InlineData("{freezes: [{schedule: '0 0 * * *', duration: 1h}, {schedule: '0 0 * * *', duration: 1h, timeZone: Mars/Olympus}]}", "spec.freezes[1]: there is no time zone Mars/Olympus")]
    [InlineData("{programs: [{name: x, risk: harmless, reason: r}]}", "spec.programs[0].risk: harmless")]
    public void A_policy_that_cannot_be_done_is_told_and_stalls(string spec, string? says)
    {
        var policy = Given.Object(spec);
        var status = PolicySummary.Of(policy, EffectivePolicy.BuiltIn, Now);
        var ready = Conditions.Find(status.Conditions, ConditionTypes.Ready)!;

        Assert.Equal(says is null, ready.Status == ConditionStatus.True);
        Assert.Equal(says is not null, Conditions.IsTrue(status.Conditions, ConditionTypes.Stalled));
        Assert.Contains(says ?? "it counts", ready.Message, StringComparison.Ordinal);
        Assert.Equal(1, status.ObservedGeneration);
        Assert.NotEmpty(status.Effective!);
    }

    [Fact]
    public void The_kill_switch_says_that_it_is_on() =>
        Assert.Equal(Reasons.Suspended, Conditions.Find(PolicySummary.Of(Given.Object("{suspend: true}"), EffectivePolicy.BuiltIn, Now).Conditions, ConditionTypes.Ready)!.Reason);
}
