using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Pausing before a step.</summary>
public sealed class PlannerBreakpointTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_breakpoint_of_the_step_or_of_the_run_pauses_before_it_and_shows_it(bool ofStep)
    {
        var story = ofStep ? At() : new Story(Run("a"), Run("b"));
        if (!ofStep)
        {
            story.Spec = story.Spec with { Breakpoints = ["b"] };
        }

        story.Go();
        Assert.Equal(["a/1"], story.Acted);
        Assert.Equal((ExecutionPhase.Paused, "2/2:b", Reasons.Breakpoint), (story.Status.Phase, story.Status.Step, story.Status.Conditions![0].Reason));
        Assert.Equal(("digest-b-1", "has a breakpoint: kubectl runbook resume shop-slow-abc123"), (story.Step("b").Digest, story.Step("b").Message));

        var writes = story.Writes;
        story.Later(TimeSpan.FromHours(2)).Go();
        Assert.Equal((writes, 1), (story.Writes, story.Acted.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_passed_when_the_run_was_paused_and_goes_on_whether_or_not_anybody_looked_between(bool looked)
    {
        var story = At();
        story.Go().Spec = story.Spec with { DesiredState = DesiredState.Paused };
        if (looked)
        {
            story.Go();
            Assert.Equal(["a/1"], story.Acted);
        }

        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Go();
        Assert.Equal(["a/1", "b/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void Nothing_else_starts_meanwhile()
    {
        var story = new Story(Run("a") with { Breakpoint = true }, Run("b") with { Needs = [] }, Run("c") with { Needs = [] });
        story.Go();
        Assert.Empty(story.Acted);
        story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        Assert.Equal(["a/1", "b/1", "c/1"], story.Go().Acted);
    }

    [Fact]
    public void A_step_above_safe_asks_for_its_approvals_after_its_breakpoint()
    {
        var story = At();
        story.Risks["b"] = RiskLevel.Caution;
        story.Go().Decide("b", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["a/1"], story.Acted);

        story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        Assert.Equal(["a/1", "b/1"], story.Go().Acted);
    }

    [Theory]
    [InlineData(ApprovalDecision.Skip, ExecutionPhase.Succeeded)]
    [InlineData(ApprovalDecision.Reject, ExecutionPhase.Failed)]
    public void What_is_at_its_breakpoint_can_be_skipped_or_rejected(ApprovalDecision decision, string phase)
    {
        var story = At();
        Assert.Equal(phase, story.Go().Decide("b", "riley", decision).Go().Status.Phase);
        Assert.Equal(["a/1"], story.Acted);
    }

    [Fact]
    public void A_further_attempt_has_no_breakpoint()
    {
        var story = new Story(Run("a") with { Breakpoint = true, Retries = new StepRetries { Limit = 1 } });
        story.Ends["a"] = attempt => attempt == 1 ? Story.Failure("a", 1) : Story.Success("a", attempt);
        story.Go().Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Go().Later(TimeSpan.FromSeconds(10)).Go();
        Assert.Equal(["a/1", "a/2"], story.Acted);
    }

    [Fact]
    public void A_run_at_a_breakpoint_ends_by_its_deadline_and_when_a_person_ends_it()
    {
        var late = At();
        late.Go().Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal(Reasons.DeadlineExceeded, late.Status.Conditions![0].Reason);

        var aborted = At();
        aborted.Go().Spec = aborted.Spec with { DesiredState = DesiredState.Aborted };
        Assert.Equal((ExecutionPhase.Aborted, StepState.Skipped), (aborted.Go().Status.Phase, aborted.Step("b").State));
    }

    private static Story At() => new(Run("a"), Run("b") with { Breakpoint = true });

    private static RunbookStep Run(string name) => new() { Name = name, Run = "kubectl get pods" };
}
