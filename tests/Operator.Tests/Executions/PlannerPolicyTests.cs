using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Executions;

/// <summary>What policies make of a run.</summary>
public sealed class PlannerPolicyTests
{
    private const string Stop = "{suspend: true}";
    private const string Night = "{freezes: [{schedule: '0 2 * * *', duration: 3h}]}";
    private static readonly RunbookStep Look = new() { Name = "look", Run = "kubectl get pods" };
    private static readonly RunbookStep Bounce = new() { Name = "bounce", Uses = "kubernetes/rollout-restart" };
    private static readonly RunbookStep Call = new() { Name = "call", Manual = "Call." };

    [Fact]
    public void A_suspending_policy_lets_what_runs_finish_and_starts_nothing_more()
    {
        var story = new Story(Look, Look with { Name = "again" });
        story.Ends["look"] = _ => null;
        story.Go();
        story.Policy = Given.Policy(null, Stop);
        story.Ends.Clear();
        story.Go();

        Assert.Equal(["look/1"], story.Acted);
        Assert.Equal((StepState.Succeeded, StepState.Waiting, null), (story.Step("look").State, story.Step("again").State, story.Step("again").WaitingSince));
        Assert.Equal((ExecutionPhase.Paused, Reasons.Suspended), (story.Status.Phase, Condition(story).Reason));
        Assert.Contains("held by the policy shop/a, which suspends", Condition(story).Message, StringComparison.Ordinal);
        Assert.Equal(Reasons.Suspended, story.Events[^1].Reason);

        var writes = story.Writes;
        story.Later(TimeSpan.FromHours(3)).Go();
        Assert.Equal(writes, story.Writes);

        story.Policy = EffectivePolicy.BuiltIn;
        story.Go();
        Assert.Equal(["look/1", "again/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void While_it_is_suspended_approvals_start_nothing_and_run_out_for_nobody()
    {
        var story = Waiting();
        story.Policy = Given.Policy(Stop);
        story.Go().Decide("bounce", "riley", ApprovalDecision.Approve).Later(TimeSpan.FromHours(2)).Go();
        Assert.Equal((ExecutionPhase.Paused, 0), (story.Status.Phase, story.Acted.Count));

        story.Policy = EffectivePolicy.BuiltIn;
        story.Go();
        Assert.Equal(["bounce/1"], story.Acted);
        Assert.Equal("riley", story.Status.ApprovedBy);
    }

    [Fact]
    public void Once_it_is_lifted_people_have_the_whole_time_again()
    {
        var story = Waiting();
        story.Policy = Given.Policy(Stop);
        story.Go().Later(TimeSpan.FromHours(2)).Go();
        story.Policy = EffectivePolicy.BuiltIn;
        story.Go();
        Assert.Equal((ExecutionPhase.WaitingForApproval, story.Now, TimeSpan.FromMinutes(30)), (story.Status.Phase, story.Step("bounce").WaitingSince, (story.Last as Request.Wait)!.After));
        Assert.Equal(Reasons.StepApprovalRequested, story.Events[^1].Reason);

        story.Later(TimeSpan.FromMinutes(30)).Go();
        Assert.Equal(Reasons.ApprovalTimedOut, story.Events[^1].Reason);
    }

    [Theory]
    [InlineData(ApprovalDecision.Skip, ExecutionPhase.Succeeded)]
    [InlineData(ApprovalDecision.Reject, ExecutionPhase.Failed)]
    public void What_is_held_can_be_skipped_or_rejected_and_the_run_ended(ApprovalDecision decision, string phase)
    {
        var held = Waiting();
        held.Policy = Given.Policy(Stop);
        Assert.Equal(phase, held.Go().Decide("bounce", "riley", decision).Go().Status.Phase);

        var aborted = Waiting();
        aborted.Policy = Given.Policy(Stop);
        aborted.Go().Spec = aborted.Spec with { DesiredState = DesiredState.Aborted };
        Assert.Equal(ExecutionPhase.Aborted, aborted.Go().Status.Phase);
    }

    [Fact]
    public void An_attempt_that_was_recorded_and_did_not_begin_does_not_begin_while_suspended()
    {
        var story = new Story(Look);
        story.Ends["look"] = _ => null;
        story.Go();
        story.Forgotten.Add("look/1");
        story.Policy = Given.Policy(Stop);
        story.Go();
        Assert.Equal(["look/1"], story.Acted);
        Assert.Contains("suspends", story.Step("look").Message, StringComparison.Ordinal);

        story.Forgotten.Add("look/1");
        story.Policy = EffectivePolicy.BuiltIn;
        story.Ends.Clear();
        story.Go();
        Assert.Equal(["look/1", "look/1"], story.Acted);
    }

    [Fact]
    public void The_deadline_of_a_run_counts_while_it_is_held()
    {
        var story = Waiting();
        story.Policy = Given.Policy(Stop);
        story.Go().Later(TimeSpan.FromHours(24)).Go();

        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded), (story.Status.Phase, story.Events[^1].Reason));
    }

    [Fact]
    public void A_freeze_holds_what_is_above_it_to_its_end_also_in_a_run_under_way()
    {
        var story = new Story(Look, Bounce) { Policy = Given.Policy(null, Night) };
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go();
        Assert.Equal(["look/1"], story.Acted);
        Assert.Equal((ExecutionPhase.Paused, Reasons.Frozen, TimeSpan.FromHours(2)), (story.Status.Phase, Condition(story).Reason, (story.Last as Request.Wait)!.After));

        story.Later(TimeSpan.FromHours(2)).Go();
        Assert.Equal(ExecutionPhase.WaitingForApproval, story.Status.Phase);
        story.Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["look/1", "bounce/1"], story.Acted);
    }

    [Fact]
    public void What_people_do_by_hand_is_not_frozen_but_suspended()
    {
        Assert.Equal(ExecutionPhase.WaitingForApproval, new Story(Call) { Policy = Given.Policy(Night) }.Go().Status.Phase);
        Assert.Equal(ExecutionPhase.Paused, new Story(Call) { Policy = Given.Policy(Stop) }.Go().Status.Phase);
    }

    [Fact]
    public void While_a_policy_cannot_be_used_only_safe_steps_run_and_it_is_looked_at_again()
    {
        var story = new Story(Look, Bounce)
        {
            Policy = PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(null, [new PolicySource("shop/odd", new RunbookPolicySpec(), new PolicyProblem(Reasons.Invalid, "no"))])),
        };
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go();

        Assert.Equal(["look/1"], story.Acted);
        Assert.Equal((Reasons.PolicyUnusable, PolicyHold.LookAgain), (Condition(story).Reason, (story.Last as Request.Wait)!.After));
    }

    [Theory]
    [InlineData("{approvals: {safe: {required: 1}}}", RiskLevel.Safe, 1)]
    [InlineData("{approvals: {caution: {required: 3}}}", RiskLevel.Caution, 3)]
    [InlineData("{approvals: {caution: {required: 0}}}", RiskLevel.Caution, 0)]
    [InlineData("{approvals: {dangerous: {required: 1}}}", RiskLevel.Dangerous, 1)]
    public void As_many_people_are_asked_as_the_base_says(string policy, RiskLevel risk, int people)
    {
        var story = new Story(Bounce) { Policy = Given.Policy(policy) };
        story.Risks["bounce"] = risk;
        story.Go();
        for (var i = 0; i < people; i++)
        {
            Assert.Empty(story.Acted);
            Assert.Contains($"the policy runbooks-system/default asks for {people} approvals", story.Step("bounce").Reasons!);
            story.Decide("bounce", $"person-{i}", ApprovalDecision.Approve).Go();
        }

        Assert.Equal(["bounce/1"], story.Acted);
    }

    [Fact]
    public void The_policies_of_the_namespace_that_a_step_touches_count_for_it()
    {
        var story = new Story(Bounce, Bounce with { Name = "there" });
        story.Risks["bounce"] = story.Risks["there"] = RiskLevel.Caution;
        story.Targets["there"] = Given.Policy(null, "{approvals: {caution: {required: 2, groups: [dba]}}}");
        story.Go().Decide("bounce", "riley", ApprovalDecision.Approve).Go().Decide("there", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["bounce/1"], story.Acted);
        Assert.Contains("may be approved by groups dba (policy shop/a)", story.Step("there").Reasons!);

        story.Targets["there"] = Given.Policy(null, Stop);
        story.Decide("there", "sam", ApprovalDecision.Approve).Go();
        Assert.Equal((1, Reasons.Suspended), (story.Acted.Count, Condition(story).Reason));
    }

    [Fact]
    public void The_time_to_decide_is_the_policys()
    {
        var story = new Story(Bounce) { Policy = Given.Policy(null, "{approvals: {caution: {timeout: 5m}}}") };
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Later(TimeSpan.FromMinutes(5)).Go();

        Assert.Equal((Reasons.ApprovalTimedOut, "step bounce failed: nobody decided within 5m"), (story.Events[^1].Reason, story.Events[^1].Note));
    }

    [Fact]
    public void A_run_over_the_limit_of_the_hour_begins_later()
    {
        var story = new Story(Look) { Policy = Given.Policy("{limits: {executionsPerHour: 1}}") };
        story.BeginsAt = story.Now.AddMinutes(40);
        story.Go();
        Assert.Equal((ExecutionPhase.Pending, Reasons.LimitReached, null), (story.Status.Phase, Condition(story).Reason, story.Status.StartedAt));
        Assert.Equal((TimeSpan.FromMinutes(40), 0), ((story.Last as Request.Wait)!.After, story.Acted.Count));
        Assert.Contains("the policy runbooks-system/default lets 1 runs begin in an hour", Condition(story).Message, StringComparison.Ordinal);

        story.Later(TimeSpan.FromMinutes(40)).Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void A_run_that_never_may_begin_ends_by_its_deadline_and_when_a_person_ends_it()
    {
        var story = new Story(Look) { Policy = Given.Policy("{limits: {executionsPerHour: 1}}") };
        story.BeginsAt = story.Now.AddHours(30);
        story.Go().Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded), (story.Status.Phase, story.Events[^1].Reason));

        var aborted = new Story(Look) { Policy = story.Policy, BeginsAt = story.BeginsAt };
        aborted.Go().Spec = aborted.Spec with { DesiredState = DesiredState.Aborted };
        Assert.Equal(ExecutionPhase.Aborted, aborted.Go().Status.Phase);
    }

    private static Story Waiting()
    {
        var story = new Story(Bounce);
        story.Risks["bounce"] = RiskLevel.Caution;
        return story.Go();
    }

    private static Kubernetes.Condition Condition(Story story) => story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
}
