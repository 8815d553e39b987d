using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Executions;

/// <summary>When another run goes on.</summary>
public sealed class PlannerEscalationTests
{
    private static readonly RunbookStep Look = new() { Name = "look", Run = "x" };
    private static readonly RunbookStep Ask = new() { Name = "ask", Uses = "kubernetes/scale" };

    [Fact]
    public void A_failed_step_that_says_so_hands_over_and_the_run_is_escalated()
    {
        var story = Escalating(Look with { OnFailure = OnFailure.Escalate }, Look with { Name = "never" });
        story.Ends["look"] = attempt => Story.Failure("look", attempt);
        story.Go();

        Assert.Equal((ExecutionPhase.Escalated, "l2", "look/1"), (story.Status.Phase, string.Join(' ', story.HandedTo), string.Join(' ', story.Acted)));
        Assert.StartsWith("l2-", story.Status.EscalatedTo, StringComparison.Ordinal);
        Assert.Equal((Reasons.StepFailed, story.Now), (story.Status.Conditions![0].Reason, story.Status.EscalatedAt));
        Assert.EndsWith($"; the run {story.Status.EscalatedTo} goes on", story.Status.Conditions[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_finishes_before_it_hands_over()
    {
        var open = true;
        var story = Escalating(Look with { OnFailure = OnFailure.Escalate }, Look with { Name = "slow", Needs = [] });
        story.Ends["look"] = attempt => Story.Failure("look", attempt);
        story.Ends["slow"] = attempt => open ? null : Story.Success("slow", attempt);
        story.Go();
        Assert.Empty(story.HandedTo);
        open = false;
        Assert.Equal(ExecutionPhase.Escalated, story.Go().Status.Phase);
    }

    [Theory]
    [InlineData(true, ExecutionPhase.Escalated)]
    [InlineData(false, ExecutionPhase.Failed)]
    public void Where_nobody_decides_in_time_another_run_goes_on_or_the_run_fails(bool escalation, string phase)
    {
        foreach (var failure in new OnFailure?[] { null, OnFailure.Continue })
        {
            var story = escalation ? Escalating(Ask with { OnFailure = failure }) : new Story(Ask with { OnFailure = failure });
            story.Risks["ask"] = RiskLevel.Caution;
            story.Go().Later(TimeSpan.FromMinutes(30)).Go();

            Assert.Equal((phase, Reasons.ApprovalTimedOut), (story.Status.Phase, story.Events[^1].Reason));
        }
    }

    [Fact]
    public void An_unknown_step_that_nobody_decides_on_escalates_and_stays_unknown()
    {
        var story = Escalating(Ask);
        story.Ends["ask"] = attempt => new StepEvidence.Unknown { Step = "ask", Attempt = attempt, Message = "?" };
        story.Go().Later(TimeSpan.FromMinutes(30)).Go();

        Assert.Equal((ExecutionPhase.Escalated, StepState.Unknown), (story.Status.Phase, story.Step("ask").State));
    }

    [Fact]
    public void A_person_who_says_no_ends_the_run_and_nothing_goes_on()
    {
        var story = Escalating(Ask with { OnFailure = OnFailure.Escalate });
        story.Risks["ask"] = RiskLevel.Caution;
        story.Go().Decide("ask", "riley", ApprovalDecision.Reject).Go();

        Assert.Equal((ExecutionPhase.Failed, 0), (story.Status.Phase, story.HandedTo.Count));
    }

    [Fact]
    public void A_run_that_takes_too_long_escalates_on_time_however_it_waits()
    {
        var story = Escalating(Ask);
        story.Runbook = story.Runbook with { Escalation = story.Runbook.Escalation! with { After = Duration.Of(TimeSpan.FromMinutes(15)) } };
        story.Risks["ask"] = RiskLevel.Caution;
        story.Go();
        Assert.Equal(TimeSpan.FromMinutes(15), (story.Last as Request.Wait)!.After);
        story.Later(TimeSpan.FromMinutes(15)).Go();

        Assert.Equal((ExecutionPhase.Escalated, Reasons.Escalated, StepState.Skipped), (story.Status.Phase, story.Events[^1].Reason, story.Step("ask").State));
        Assert.StartsWith("not over after 15m", story.Events[^1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_who_has_paused_the_run_is_at_it()
    {
        var story = Escalating(Ask);
        story.Runbook = story.Runbook with { Escalation = story.Runbook.Escalation! with { After = Duration.Of(TimeSpan.FromMinutes(15)) } };
        story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.Go().Later(TimeSpan.FromMinutes(20)).Go();
        Assert.Equal(ExecutionPhase.Paused, story.Status.Phase);

        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        Assert.Equal(ExecutionPhase.Escalated, story.Go().Status.Phase);
    }

    [Fact]
    public void Without_a_runbook_that_goes_on_people_are_told_once_and_the_run_goes_on()
    {
        var story = new Story(Ask);
        story.Runbook = story.Runbook with { Escalation = new RunbookEscalation { After = Duration.Of(TimeSpan.FromMinutes(15)), Notify = ["seniors"] } };
        story.Risks["ask"] = RiskLevel.Caution;
        story.Go().Later(TimeSpan.FromMinutes(15)).Go();
        Assert.Equal((ExecutionPhase.WaitingForApproval, "not over after 15m; to be told: seniors"), (story.Status.Phase, story.Events[^1].Note));

        var (writes, events) = (story.Writes, story.Events.Count);
        story.Later(TimeSpan.FromMinutes(5)).Go();
        Assert.Equal((writes, events), (story.Writes, story.Events.Count));
        Assert.Equal(ExecutionPhase.Succeeded, story.Decide("ask", "riley", ApprovalDecision.Approve).Go().Status.Phase);
    }

    [Theory]
    [InlineData("l3", true, "l3")]
    [InlineData(null, true, "l2")]
    [InlineData("l3", false, "l3")]
    [InlineData(null, false, null)]
    public void A_step_can_hand_over(string? runbook, bool escalation, string? to)
    {
        var with = new System.Text.Json.Nodes.JsonObject { ["reason"] = "neither" };
        if (runbook is not null)
        {
            with["runbook"] = runbook;
        }

        var step = new RunbookStep { Name = "neither", Uses = "runbooks/escalate", With = with };
        var story = escalation ? Escalating(step, Look) : new Story(step, Look);
        story.Go();

        Assert.Equal((to is null ? ExecutionPhase.Failed : ExecutionPhase.Escalated, "neither/1"), (story.Status.Phase, string.Join(' ', story.Acted)));
        Assert.Equal(to is null ? [] : [to], story.HandedTo);
    }

    [Fact]
    public void Where_nothing_can_go_on_the_run_fails_and_says_why()
    {
        var story = Escalating(Look with { OnFailure = OnFailure.Escalate });
        story.Ends["look"] = attempt => Story.Failure("look", attempt);
        story.HandOverProblem = "a run of l2 is in this line already";
        story.Go();

        Assert.Equal((ExecutionPhase.Failed, null), (story.Status.Phase, story.Status.EscalatedTo));
        Assert.EndsWith("; nothing goes on: a run of l2 is in this line already", story.Status.Conditions![0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_the_alert_has_resolved_nothing_is_handed_over()
    {
        var story = Escalating(Look with { OnFailure = OnFailure.Escalate });
        story.Ends["look"] = attempt => Story.Failure("look", attempt);
        story.AlertSettlesAt = story.Now;

        Assert.Equal((ExecutionPhase.Failed, 0), (story.Go().Status.Phase, story.HandedTo.Count));
    }

    [Fact]
    public void The_run_that_goes_on_shows_what_was_tried()
    {
        var story = new Story(Look);
        story.Spec = story.Spec with { Trigger = new ExecutionTrigger { Type = TriggerType.Escalation, Parent = "before" } };
        story.ParentSteps.Add(new StepStatus { Name = "restart", State = StepState.Failed, Message = "exit code 1" });
        story.ParentSteps.Add(new StepStatus { Name = "then", State = StepState.Skipped });
        story.Go();

        Assert.Equal(["restart: Failed, exit code 1", "then: Skipped"], story.Status.Tried!);
        Assert.Equal(2, story.Writes);
    }

    [Theory]
    [InlineData(3, 3, true, ExecutionPhase.Succeeded, 1)]
    [InlineData(4, 3, true, ExecutionPhase.Escalated, 0)]
    [InlineData(4, 3, false, ExecutionPhase.WaitingForApproval, 0)]
    [InlineData(99, null, true, ExecutionPhase.Succeeded, 1)]
    public void An_incident_over_too_many_services_turns_autopilot_off_and_escalates(int services, int? maximum, bool escalation, string phase, int acted)
    {
        var story = escalation ? Escalating(Ask) : new Story(Ask);
        story.Policy = Given.Policy($"{{autopilot: {{maximumRisk: caution{(maximum is null ? "" : $", maximumServices: {maximum}")}}}}}");
        story.Runbook = story.Runbook with { Mode = RunbookMode.Autopilot };
        story.Spec = story.Spec with { Mode = RunbookMode.Autopilot };
        story.Risks["ask"] = RiskLevel.Caution;
        story.Services = services;
        story.Go();

        Assert.Equal((phase, acted), (story.Status.Phase, story.Acted.Count));
        Assert.Equal(services > maximum, story.Events.Exists(told => told.Reason == Reasons.AutopilotOff));
    }

    [Theory]
    [InlineData(RunbookMode.Autopilot, "caution", RiskLevel.Caution, true)]
    [InlineData(RunbookMode.Autopilot, "safe", RiskLevel.Caution, false)]
    [InlineData(RunbookMode.Autopilot, "caution", RiskLevel.Dangerous, false)]
    [InlineData(RunbookMode.Copilot, "caution", RiskLevel.Caution, false)]
    [InlineData(RunbookMode.ReadAlong, "caution", RiskLevel.Safe, false)]
    public void Autopilot_acts_on_caution_where_the_policy_allows_it_and_never_on_what_is_dangerous(RunbookMode mode, string maximum, RiskLevel risk, bool acts)
    {
        var story = new Story(Ask) { Policy = Given.Policy($"{{autopilot: {{maximumRisk: {maximum}}}, approvals: {{dangerous: {{required: 0}}}}}}") };
        story.Runbook = story.Runbook with { Mode = mode };
        story.Spec = story.Spec with { Mode = mode };
        story.Risks["ask"] = risk;

        Assert.Equal(acts, story.Go().Acted.Count > 0);
    }

    private static Story Escalating(params RunbookStep[] steps)
    {
        var story = new Story(steps);
        story.Runbook = story.Runbook with { Escalation = new RunbookEscalation { Runbook = "l2" } };
        return story;
    }
}
