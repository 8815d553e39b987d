using RunbookOperator.Api;
using RunbookOperator.Risk;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Executions;

/// <summary>Which steps run when: one after the other, or side by side.</summary>
public sealed class PlannerOrderTests
{
    [Fact]
    public void Steps_that_need_nothing_begin_together_with_one_write()
    {
        var story = new Story(Run("a"), Run("b", []), Run("c", []));
        story.Ends["a"] = story.Ends["b"] = story.Ends["c"] = _ => null;
        story.Go();

        Assert.Equal(["a/1", "b/1", "c/1"], story.Acted);
        Assert.Equal((1, 3, "1/3:a"), (story.Writes, story.MostAtOnce, story.Status.Step));
    }

    [Fact]
    public void A_step_waits_for_all_that_it_needs_and_for_nothing_else()
    {
        var slow = true;
        var story = new Story(Run("a"), Run("b", []), Run("after-b", ["b"]), Run("after-both", ["a", "b"]));
        story.Ends["a"] = attempt => slow ? null : Story.Success("a", attempt);
        story.Go();
        Assert.Equal(["a/1", "b/1", "after-b/1"], story.Acted);

        slow = false;
        story.Go();
        Assert.Equal(["a/1", "b/1", "after-b/1", "after-both/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Theory]
    [InlineData(StepState.Succeeded, true)]
    [InlineData(StepState.Skipped, true)]
    [InlineData("MarkedDone", true)]
    [InlineData("FailedAndContinues", true)]
    [InlineData(StepState.Failed, false)]
    [InlineData(StepState.Unknown, false)]
    [InlineData(StepState.Waiting, false)]
    [InlineData(StepState.Running, false)]
    public void A_need_is_met_by(string state, bool met)
    {
        var needed = state switch
        {
            "MarkedDone" => new RunbookStep { Name = "a", Manual = "x" },
            "FailedAndContinues" => Run("a") with { OnFailure = OnFailure.Continue },
            StepState.Skipped => Run("a") with { When = [new WhenExpression { Variable = "x", Operator = WhenOperator.Exists }] },
            _ => Run("a"),
        };
        var story = new Story(needed, Run("b"));
        story.Risks["a"] = state == StepState.Waiting ? RiskLevel.Caution : RiskLevel.Safe;
        story.Ends["a"] = attempt => state switch
        {
            StepState.Failed or "FailedAndContinues" => Story.Failure("a", attempt),
            StepState.Unknown => new RunbookOperator.Executions.StepEvidence.Unknown { Step = "a", Attempt = attempt, Message = "?" },
            StepState.Running => null,
            _ => Story.Success("a", attempt),
        };
        story.Go().Decide("a", "riley", ApprovalDecision.MarkDone, attempt: state == "MarkedDone" ? 1 : 9).Go();

        Assert.Equal(met, story.Acted.Contains("b/1"));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void No_more_run_at_once_than_the_policies_say(int? limit, int most)
    {
        var story = new Story([.. Enumerable.Range(0, 9).Select(i => Run($"s{i}", []))]);
        if (limit is not null)
        {
            story.Policy = Given.Policy($"{{limits: {{stepsInParallel: {limit}}}}}");
        }

        story.Go();
        Assert.Equal((most, 9, ExecutionPhase.Succeeded), (story.MostAtOnce, story.Acted.Count, story.Status.Phase));
    }

    [Fact]
    public void What_waits_for_a_person_takes_no_place_and_is_what_the_run_shows()
    {
        var story = new Story(Run("a"), new RunbookStep { Name = "ask", Uses = "kubernetes/scale", Needs = [] }, Run("c", [])) { Policy = Given.Policy("{limits: {stepsInParallel: 2}}") };
        story.Risks["ask"] = RiskLevel.Caution;
        story.Ends["a"] = story.Ends["c"] = _ => null;
        story.Go();

        Assert.Equal(["a/1", "c/1"], story.Acted);
        Assert.Equal(("2/3:ask", ExecutionPhase.WaitingForApproval, "caution"), (story.Status.Step, story.Status.Phase, story.Status.Risk));
    }

    [Fact]
    public void What_is_approved_waits_for_a_place_and_does_not_run_out_meanwhile()
    {
        var story = new Story(Run("a"), new RunbookStep { Name = "ask", Uses = "kubernetes/scale", Needs = [] });
        story.Ends["a"] = _ => null;
        story.Risks["ask"] = RiskLevel.Caution;
        story.Go();
        story.Policy = Given.Policy("{limits: {stepsInParallel: 1}}");
        story.Decide("ask", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(("a/1", StepState.Waiting), (string.Join(' ', story.Acted), story.Step("ask").State));

        story.Ends.Clear();
        story.Go();
        Assert.Equal(["a/1", "ask/1"], story.Acted);
    }

    [Fact]
    public void Each_end_beside_another_adds_one_write_at_most()
    {
        var open = new HashSet<string> { "a", "b" };
        var story = new Story(Run("a"), Run("b", []), Run("c", ["a", "b"]));
        story.Ends["a"] = attempt => open.Contains("a") ? null : Story.Success("a", attempt);
        story.Ends["b"] = attempt => open.Contains("b") ? null : Story.Success("b", attempt);
        story.Go();
        open.Remove("a");
        story.Go();
        open.Remove("b");
        story.Go();

        Assert.Equal(4, story.Writes); // the beginning, the end of a, that of b with the beginning of c, the end: S + 1, and once when it was made
    }

    [Fact]
    public void After_a_failure_nothing_more_starts_and_what_runs_finishes_first()
    {
        var open = true;
        var story = new Story(Run("a"), Run("b", []), Run("after-b", ["b"]));
        story.Ends["a"] = attempt => Story.Failure("a", attempt, "exit code 7");
        story.Ends["b"] = attempt => open ? null : Story.Success("b", attempt);
        story.Go();
        Assert.Equal((ExecutionPhase.Running, Reasons.StepFailed), (story.Status.Phase, story.Status.Conditions![0].Reason));
        Assert.Equal("step a failed: exit code 7; what runs finishes first", story.Status.Conditions.Single(condition => condition.Type == ConditionTypes.Succeeded).Message);
        Assert.Equal(["step a failed: exit code 7"], story.Events.Select(told => told.Note));

        open = false;
        story.Go();
        Assert.Equal(["a/1", "b/1"], story.Acted);
        Assert.Equal((ExecutionPhase.Failed, StepState.Succeeded), (story.Status.Phase, story.Step("b").State));
        Assert.Equal("step a failed: exit code 7", story.Events[^1].Note);
    }

    [Fact]
    public void What_waited_when_the_run_failed_is_skipped()
    {
        var story = new Story(Run("a"), new RunbookStep { Name = "ask", Uses = "kubernetes/scale", Needs = [] });
        story.Risks["ask"] = RiskLevel.Caution;
        story.Ends["a"] = attempt => Story.Failure("a", attempt);
        story.Go();

        Assert.Equal((ExecutionPhase.Failed, StepState.Skipped), (story.Status.Phase, story.Step("ask").State));
    }

    [Fact]
    public void The_steps_stand_in_the_order_of_the_runbook_whatever_began_first()
    {
        var story = new Story(Run("a"), Run("b"), Run("c", []));
        story.Ends["a"] = _ => null;
        story.Go();
        story.Ends.Clear();
        story.Go();

        Assert.Equal(["a/1", "c/1", "b/1"], story.Acted);
        Assert.Equal(["a", "b", "c"], story.Status.Steps!.Select(step => step.Name));
    }

    [Fact]
    public void A_rejection_is_heard_before_anything_beside_it_starts()
    {
        var open = true;
        var story = new Story(Run("a"), Run("b"), new RunbookStep { Name = "ask", Uses = "kubernetes/scale", Needs = [] });
        story.Risks["ask"] = RiskLevel.Caution;
        story.Ends["a"] = attempt => open ? null : Story.Success("a", attempt);
        story.Go();
        open = false;
        story.Decide("ask", "riley", ApprovalDecision.Reject).Go();

        Assert.Equal(["a/1"], story.Acted);
        Assert.Equal((ExecutionPhase.Failed, Reasons.Rejected), (story.Status.Phase, story.Events[^1].Reason));
    }

    private static RunbookStep Run(string name, List<string>? needs = null) => new() { Name = name, Run = "kubectl get pods", Needs = needs };
}
