using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Failed steps that are tried again by themselves.</summary>
public sealed class PlannerRetryTests
{
    [Theory]
    [InlineData(RiskLevel.Safe, false, false, true)]
    [InlineData(RiskLevel.Caution, false, false, false)]
    [InlineData(RiskLevel.Caution, true, false, true)]
    [InlineData(RiskLevel.Caution, false, true, true)]
    public void Only_what_was_not_done_what_is_safe_and_what_is_idempotent_is_tried_again(RiskLevel risk, bool notDone, bool idempotent, bool again)
    {
        var story = Failing(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 }, Idempotent = idempotent }, notDone);
        story.Risks["a"] = risk;
        story.Go().Decide("a", "riley", ApprovalDecision.Approve).Go();

        Assert.Equal((again ? StepState.Pending : StepState.Failed, again ? 2 : 1), (story.Step("a").State, story.Step("a").Attempt));
    }

    [Fact]
    public void Each_wait_is_twice_as_long_as_the_one_before()
    {
        var story = Failing(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 3, Backoff = Duration.Of(TimeSpan.FromSeconds(10)) } });
        story.Go();
        foreach (var wait in new[] { 10, 20, 40 })
        {
            Assert.Equal(TimeSpan.FromSeconds(wait), (story.Last as Request.Wait)!.After);
            var acted = story.Acted.Count;
            story.Later(TimeSpan.FromSeconds(wait - 1)).Go();
            Assert.Equal(acted, story.Acted.Count);
            story.Later(TimeSpan.FromSeconds(1)).Go();
        }

        Assert.Equal(["a/1", "a/2", "a/3", "a/4"], story.Acted);
        Assert.Equal((ExecutionPhase.Failed, StepState.Failed), (story.Status.Phase, story.Step("a").State));
    }

    [Fact]
    public void A_step_above_safe_is_approved_anew_for_each_attempt()
    {
        var story = Failing(new RunbookStep { Name = "a", Uses = "kubernetes/scale", Retries = new StepRetries { Limit = 1 } }, notDone: true);
        story.Risks["a"] = RiskLevel.Caution;
        story.Go().Decide("a", "riley", ApprovalDecision.Approve).Go().Later(TimeSpan.FromSeconds(10)).Go();

        Assert.Equal(["a/1"], story.Acted);
        Assert.Equal((StepState.Waiting, 2), (story.Step("a").State, story.Step("a").Attempt));
        story.Decide("a", "riley", ApprovalDecision.Approve, attempt: 2).Go();
        Assert.Equal(["a/1", "a/2"], story.Acted);
    }

    [Fact]
    public void A_retry_adds_one_write()
    {
        var story = new Story(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 1 } });
        var at = story.Now;
        story.Ends["a"] = attempt => attempt == 1 ? Story.Failure("a", 1, at: at) : Story.Success("a", attempt);
        story.Go();
        Assert.Equal((StepState.Running, TimeSpan.FromSeconds(10)), (story.Step("a").State, (story.Last as Request.Wait)!.After));
        story.Later(TimeSpan.FromSeconds(10)).Go();

        Assert.Equal((ExecutionPhase.Succeeded, 3), (story.Status.Phase, story.Writes));
    }

    [Fact]
    public void A_secret_in_an_output_and_a_value_that_may_not_enter_are_not_tried_again()
    {
        var secret = new Story(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 } });
        secret.Ends["a"] = attempt => Story.Success("a", attempt) with { Output = StepText.Empty with { Secret = "token" } };
        Assert.Equal(ExecutionPhase.Failed, secret.Go().Status.Phase);

        var unsafeValue = new Story(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 } });
        unsafeValue.Problems["a"] = new PreparationProblem(Reasons.UnsafeValue, "no");
        Assert.Equal(ExecutionPhase.Failed, unsafeValue.Go().Status.Phase);
    }

    [Fact]
    public void What_is_not_there_yet_when_the_step_is_prepared_is_tried_again()
    {
        var story = new Story(new RunbookStep { Name = "a", Uses = "kubernetes/scale", Retries = new StepRetries { Limit = 1 } });
        story.Problems["a"] = new PreparationProblem(Reasons.StepFailed, "there is no such Deployment");
        story.Go();
        Assert.Equal((StepState.Pending, 2, 0), (story.Step("a").State, story.Step("a").Attempt, story.Acted.Count));
        Assert.Contains(story.Status.Conditions!, condition => condition.Message == "a failed step is tried again by itself");

        story.Problems.Clear();
        story.Later(TimeSpan.FromSeconds(10)).Go();
        Assert.Equal(["a/2"], story.Acted);
    }

    [Fact]
    public void While_it_is_paused_and_once_the_alert_has_resolved_nothing_is_tried_again()
    {
        var paused = Failing(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 } });
        paused.Go().Spec = paused.Spec with { DesiredState = DesiredState.Paused };
        paused.Later(TimeSpan.FromMinutes(1)).Go();
        Assert.Equal(["a/1"], paused.Acted);

        var resolved = Failing(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 } });
        resolved.AlertSettlesAt = resolved.Now;
        Assert.Equal(ExecutionPhase.Failed, resolved.Go().Status.Phase);
    }

    [Fact]
    public void A_run_that_ends_while_a_step_waits_for_its_next_attempt_shows_it_failed()
    {
        var story = Failing(new RunbookStep { Name = "a", Run = "x", Retries = new StepRetries { Limit = 2 } });
        story.Go().Spec = story.Spec with { DesiredState = DesiredState.Aborted };
        story.Go();
        Assert.Equal((ExecutionPhase.Aborted, StepState.Failed), (story.Status.Phase, story.Step("a").State));
    }

    private static Story Failing(RunbookStep step, bool notDone = false)
    {
        var story = new Story(step);
        story.Ends["a"] = attempt => Story.Failure("a", attempt) with { NotDone = notDone };
        return story;
    }
}
