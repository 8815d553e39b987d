using RunbookOperator.Api;

namespace RunbookOperator.Tests.Executions;

/// <summary>A run that asks for what this version does not do ends before anything happens.</summary>
public sealed class NotActedUponTests
{
    private static readonly RunbookStep Look = new() { Name = "look", Run = "true" };

    [Fact]
    public void A_runbook_that_asks_for_more_than_this_version_does_is_not_begun()
    {
        var story = new Story(Look);
        story.Runbook = story.Runbook with { ReviewBy = "2027-01-31" };

        AssertRefused(story.Go(), "spec.reviewBy is not acted upon by this version; remove it");
    }

    private static void AssertRefused(Story story, string message)
    {
        var condition = story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
        Assert.Equal((ExecutionPhase.Failed, Reasons.NotSupported, message), (story.Status.Phase, condition.Reason, condition.Message));
        Assert.Null(story.Status.Steps);
    }
}
