using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

public sealed class PlannerTests
{
    private static RunbookStep Run(string name) => new() { Name = name, Run = "kubectl get pods" };

    private static RunbookStep Uses(string name) => new() { Name = name, Uses = "kubernetes/rollout-restart" };

    private static RunbookStep Manual(string name) => new() { Name = name, Manual = "call the owner" };

    [Fact]
    public void Safe_steps_of_a_copilot_run_by_themselves_in_order()
    {
        var story = new Story(Run("a"), Uses("b"), Run("c")).Go();
        Assert.Equal(["a/1", "b/1", "c/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_run_is_written_once_for_each_step_and_once_more(int steps)
    {
        var story = new Story([.. Enumerable.Range(0, steps).Select(i => Run($"s{i}"))]).Go();
        Assert.Equal(steps + 1, story.Writes); // and once when it was created: S + 2
    }

    [Fact]
    public void An_attempt_is_recorded_before_it_acts()
    {
        var story = new Story(Run("a"));
        story.Ends["a"] = _ => null;
        story.Go();
        Assert.Equal(StepState.Running, story.Step("a").State);
        Assert.Equal(1, story.Step("a").Attempt);
        Assert.Equal(AttemptId.Of(story.Execution, "a", 1), story.Step("a").Pod);
    }

    [Fact]
    public void A_caution_step_waits_for_one_person()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go();
        Assert.Equal(ExecutionPhase.WaitingForApproval, story.Status.Phase);
        Assert.Equal("1/1:bounce", story.Status.Step);
        Assert.Equal("caution", story.Status.Risk);
        Assert.Empty(story.Acted);

        story.Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["bounce/1"], story.Acted);
        Assert.Equal("riley", story.Status.ApprovedBy);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void A_dangerous_step_waits_for_two_different_people()
    {
        var story = new Story(Uses("failover"));
        story.Risks["failover"] = RiskLevel.Dangerous;
        story.Go().Decide("failover", "riley", ApprovalDecision.Approve).Go();
        story.Decide("failover", "riley", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Acted);
        story.Decide("failover", "sam", ApprovalDecision.Approve).Go();
        Assert.Equal(["failover/1"], story.Acted);
        Assert.Equal("riley,sam", story.Status.ApprovedBy);
    }

    [Fact]
    public void In_read_along_nothing_acts_however_many_approve()
    {
        var story = new Story(Run("look"));
        story.Spec = story.Spec with { Mode = RunbookMode.ReadAlong };
        story.Go().Decide("look", "riley", ApprovalDecision.Approve).Decide("look", "sam", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Acted);
        Assert.Equal(StepState.Waiting, story.Step("look").State);
        story.Decide("look", "riley", ApprovalDecision.MarkDone).Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        Assert.Empty(story.Acted);
    }

    [Fact]
    public void A_run_never_goes_above_the_mode_of_its_runbook()
    {
        var story = new Story(Run("look"));
        story.Runbook = story.Runbook with { Mode = RunbookMode.ReadAlong };
        story.Spec = story.Spec with { Mode = RunbookMode.Autopilot };
        Assert.Empty(story.Go().Acted);
    }

    [Fact]
    public void Autopilot_without_a_policy_that_allows_it_waits_for_approval_as_copilot_does()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Runbook = story.Runbook with { Mode = RunbookMode.Autopilot };
        story.Spec = story.Spec with { Mode = RunbookMode.Autopilot };
        Assert.Empty(story.Go().Acted);
    }

    [Fact]
    public void A_manual_step_waits_to_be_marked_done_in_every_mode()
    {
        var story = new Story(Manual("call")).Go();
        Assert.Equal(StepState.Waiting, story.Step("call").State);
        Assert.Contains("kubectl runbook done shop-slow-abc123 call", story.Step("call").Message, StringComparison.Ordinal);
        story.Decide("call", "riley", ApprovalDecision.MarkDone).Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        Assert.Empty(story.Acted);
    }

    [Fact]
    public void An_approval_does_not_mark_a_step_done_and_mark_done_does_not_approve()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Decide("bounce", "riley", ApprovalDecision.MarkDone).Go();
        Assert.Equal(StepState.Waiting, story.Step("bounce").State);
    }

    [Fact]
    public void A_rejection_ends_the_run()
    {
        var story = new Story(Uses("bounce"), Run("after"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Decide("bounce", "riley", ApprovalDecision.Reject).Go();
        Assert.Equal(ExecutionPhase.Failed, story.Status.Phase);
        Assert.Empty(story.Acted);
        Assert.Equal(Reasons.Rejected, story.Events[^1].Reason);
    }

    [Fact]
    public void A_skipped_step_is_passed_over()
    {
        var story = new Story(Uses("bounce"), Run("after"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Decide("bounce", "riley", ApprovalDecision.Skip).Go();
        Assert.Equal(StepState.Skipped, story.Step("bounce").State);
        Assert.Equal("Skip", story.Step("bounce").Approvals!.Single().Decision);
        Assert.Equal(["after/1"], story.Acted);
    }

    [Fact]
    public void A_condition_that_does_not_hold_skips_its_step_and_says_why()
    {
        var story = new Story(
            Run("count"),
            Uses("bounce") with { When = [new WhenExpression { Variable = "timeouts", Operator = WhenOperator.GreaterThan, Values = ["50"] }] });
        story.Ends["count"] = attempt => Story.Success("count", attempt, ("timeouts", "7"));
        story.Go();
        Assert.Equal(["count/1"], story.Acted);
        Assert.Equal("timeouts is 7; wanted GreaterThan 50", story.Step("bounce").Message);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void A_failed_step_stops_the_run_unless_it_says_to_continue()
    {
        var story = new Story(Run("a"), Run("b"));
        story.Ends["a"] = attempt => Story.Failure("a", attempt);
        story.Go();
        Assert.Equal(ExecutionPhase.Failed, story.Status.Phase);
        Assert.Equal(["a/1"], story.Acted);

        story = new Story(Run("a") with { OnFailure = OnFailure.Continue }, Run("b"));
        story.Ends["a"] = attempt => Story.Failure("a", attempt);
        story.Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        Assert.Equal(["a/1", "b/1"], story.Acted);
    }

    [Fact]
    public void A_step_that_takes_too_long_fails_and_is_stopped()
    {
        var story = new Story(Run("a") with { Timeout = Duration.Of(TimeSpan.FromMinutes(1)) });
        story.Ends["a"] = _ => null;
        story.Go().Later(TimeSpan.FromSeconds(59)).Go();
        Assert.Equal(StepState.Running, story.Step("a").State);
        story.Later(TimeSpan.FromSeconds(1)).Go();
        Assert.Equal(StepState.Failed, story.Step("a").State);
        Assert.Equal(["a"], story.Stopped);
        Assert.Equal(ExecutionPhase.Failed, story.Status.Phase);
    }

    [Fact]
    public void Without_a_decision_in_time_the_run_fails()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Later(TimeSpan.FromMinutes(30)).Go();
        Assert.Equal(ExecutionPhase.Failed, story.Status.Phase);
        Assert.Equal(Reasons.ApprovalTimedOut, story.Events[^1].Reason);
    }

    [Fact]
    public void The_deadline_ends_a_waiting_a_paused_and_a_running_run()
    {
        var waiting = new Story(Manual("call")) { Policy = EffectivePolicy.BuiltIn.With(TimeSpan.FromDays(9), default, default) };
        waiting.Go().Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded), (waiting.Status.Phase, waiting.Events[^1].Reason));

        var paused = new Story(Run("a"));
        paused.Spec = paused.Spec with { DesiredState = DesiredState.Paused };
        paused.Go();
        Assert.Equal(ExecutionPhase.Paused, paused.Status.Phase);
        paused.Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded), (paused.Status.Phase, paused.Events[^1].Reason));

        var running = new Story(Run("a") with { Timeout = Duration.Of(TimeSpan.FromHours(99)) });
        running.Ends["a"] = _ => null;
        running.Go().Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal(ExecutionPhase.Failed, running.Status.Phase);
        Assert.Equal(StepState.Unknown, running.Step("a").State);
    }

    [Fact]
    public void Once_the_alert_has_resolved_for_long_enough_only_safe_steps_go_on()
    {
        var story = new Story(Uses("bounce"), Run("look"), Manual("call"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go();
        story.AlertSettlesAt = story.Now + TimeSpan.FromMinutes(2);
        story.Go();
        Assert.Equal(StepState.Waiting, story.Step("bounce").State);
        story.Later(TimeSpan.FromMinutes(2)).Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["look/1"], story.Acted);
        Assert.Equal(StepState.Skipped, story.Step("bounce").State);
        Assert.Equal(StepState.Skipped, story.Step("call").State);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void A_runbook_may_ask_to_go_on_after_the_alert_has_resolved()
    {
        var story = new Story(Uses("bounce"));
        story.Runbook = story.Runbook with { ContinueWhenResolved = true };
        story.Risks["bounce"] = RiskLevel.Caution;
        story.AlertSettlesAt = story.Now;
        story.Go();
        Assert.Equal(StepState.Waiting, story.Step("bounce").State);
    }

    [Fact]
    public void The_step_that_acted_last_before_the_alert_resolved_is_named()
    {
        var story = new Story(Uses("bounce"), Manual("call"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go().Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        story.AlertSettlesAt = story.Now;
        story.Go();
        Assert.Equal("bounce", story.Status.ResolvedBy);
    }

    [Fact]
    public void A_paused_run_starts_nothing_not_even_what_is_approved()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Go();
        story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Acted);
        Assert.Equal(ExecutionPhase.Paused, story.Status.Phase);
        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Go();
        Assert.Equal(["bounce/1"], story.Acted);
    }

    [Fact]
    public void An_aborted_run_lets_what_runs_finish_and_is_over()
    {
        var finished = false;
        var story = new Story(Run("a"), Run("b"));
        story.Ends["a"] = attempt => finished ? Story.Success("a", attempt) : null;
        story.Go();
        story.Spec = story.Spec with { DesiredState = DesiredState.Aborted };
        story.Go();
        Assert.Equal(ExecutionPhase.Running, story.Status.Phase);
        finished = true;
        story.Go();
        Assert.Equal(ExecutionPhase.Aborted, story.Status.Phase);
        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Go();
        Assert.Equal(["a/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Aborted, story.Status.Phase);
    }

    [Fact]
    public void A_step_whose_value_may_not_enter_a_command_does_not_start()
    {
        var story = new Story(Run("a"));
        story.Problems["a"] = new PreparationProblem(Reasons.UnsafeValue, "no");
        story.Go();
        Assert.Empty(story.Acted);
        Assert.Equal(StepState.Failed, story.Step("a").State);
    }

    [Fact]
    public void A_run_of_another_revision_than_was_asked_for_fails()
    {
        var story = new Story(Run("a"));
        story.Spec = story.Spec with { Runbook = new ExecutionRunbook { Name = "shop-slow", Revision = "other" } };
        story.Go();
        Assert.Equal(ExecutionPhase.Failed, story.Status.Phase);
        Assert.Empty(story.Acted);
    }

    [Fact]
    public void A_person_who_starts_a_run_without_a_required_parameter_is_told_so()
    {
        var story = new Story(Run("a"));
        story.Spec = story.Spec with { Trigger = new ExecutionTrigger { Type = TriggerType.Manual, User = "riley" } };
        story.Runbook = story.Runbook with { Parameters = [new RunbookParameter { Name = "ns", Required = true }] };
        story.Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.MissingParameter), (story.Status.Phase, story.Events[^1].Reason));
    }

    [Fact]
    public void A_secret_in_an_output_fails_its_step()
    {
        var story = new Story(Run("a"));
        story.Ends["a"] = attempt => Story.Success("a", attempt) with { Output = StepText.Empty with { Secret = "token" } };
        story.Go();
        Assert.Equal(Reasons.SecretInOutput, story.Events[^1].Reason);
    }

    [Fact]
    public void An_approval_is_not_used_on_another_state_of_the_world_than_was_seen()
    {
        var story = new Story(Uses("undo"));
        story.Risks["undo"] = RiskLevel.Caution;
        story.Ends["undo"] = attempt =>
        {
            // The decision was about what was seen before; it is void for what is there now.
            story.World = "-rolled-back-by-hand";
            story.People.Clear();
            return new StepEvidence.Moved { Step = "undo", Attempt = attempt };
        };
        story.Go().Decide("undo", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["undo/1"], story.Acted);
        Assert.Equal(StepState.Waiting, story.Step("undo").State);
        Assert.Equal("digest-undo-1-rolled-back-by-hand", story.Step("undo").Digest);
    }
}
