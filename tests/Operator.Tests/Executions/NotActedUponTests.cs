using RunbookOperator.Api;

namespace RunbookOperator.Tests.Executions;

/// <summary>A run that asks for what this version does not do ends before anything happens.</summary>
public sealed class NotActedUponTests
{
    private static readonly RunbookStep Look = new() { Name = "look", Run = "true" };

    [Fact]
    public void A_dry_run_does_not_act()
    {
        var story = new Story(Look);
        story.Spec = story.Spec with { DryRun = true };

        AssertRefused(story.Go(), "spec.dryRun is not acted upon by this version; remove it");
    }

    [Fact]
    public void A_runbook_that_asks_for_more_than_this_version_does_is_not_begun()
    {
        var story = new Story(Look);
        story.Runbook = story.Runbook with { ReviewBy = "2027-01-31" };

        AssertRefused(story.Go(), "spec.reviewBy is not acted upon by this version; remove it");
    }

    [Fact]
    public void A_run_that_is_to_be_rolled_back_starts_nothing_more()
    {
        var story = new Story(new RunbookStep { Name = "call", Manual = "Call." }, Look);
        story.Go();
        story.Spec = story.Spec with { DesiredState = DesiredState.RolledBack };
        story.Decide("call", "riley", ApprovalDecision.MarkDone).Go();

        Assert.Equal((ExecutionPhase.Paused, 1), (story.Status.Phase, story.Status.Steps!.Count(step => step.State != StepState.Pending)));
    }

    private static void AssertRefused(Story story, string message)
    {
        var condition = story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
        Assert.Equal((ExecutionPhase.Failed, Reasons.NotSupported, message), (story.Status.Phase, condition.Reason, condition.Message));
        Assert.Null(story.Status.Steps);
    }
}
