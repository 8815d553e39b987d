using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>A dry run: everything but acting, and nobody is asked.</summary>
public sealed class DryRunTests
{
    [Fact]
    public void Nobody_is_asked_and_what_would_be_asked_is_told()
    {
        var story = Dry(new RunbookStep { Name = "look", Run = "look" }, new RunbookStep { Name = "bounce", Uses = "kubernetes/scale" }, new RunbookStep { Name = "drop", Run = "drop" });
        (story.Risks["bounce"], story.Risks["drop"]) = (RiskLevel.Caution, RiskLevel.Dangerous);
        story.Go();

        Assert.Equal(
            [
                "dry run: would run as fixer by itself",
                "dry run: would run as fixer once 1 person approves",
                "dry run: would run as fixer once 2 people approve, who type \"drop\"",
            ],
            story.Status.Steps!.Select(step => step.Message));
        Assert.Equal((ExecutionPhase.Succeeded, Reasons.DryRunSucceeded), (story.Status.Phase, Succeeded(story).Reason));
        Assert.Equal("dry run: 3 steps would run as far as can be told, 0 skipped; nothing was changed", Succeeded(story).Message);
        Assert.All(story.Status.Steps!, step => Assert.Null(step.Pod));
    }

    [Fact]
    public void What_people_do_and_what_other_runs_do_is_told_and_not_tried()
    {
        var story = Dry(
            new RunbookStep { Name = "phone", Manual = "call" },
            new RunbookStep { Name = "other", Runbook = "other" },
            new RunbookStep { Name = "wait", Uses = "runbooks/wait" },
            new RunbookStep { Name = "up", Uses = "runbooks/escalate" });
        story.Go();

        Assert.Empty(story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        Assert.Equal("dry run: a person would do this", story.Step("phone").Message);
        Assert.StartsWith("dry run: would start a run of other", story.Step("other").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_behind_one_that_would_fail_are_looked_at_too_and_nothing_is_undone()
    {
        var story = Dry(new RunbookStep { Name = "a", Run = "a", OnFailure = OnFailure.Rollback, Rollback = new StepRollback { Run = "b" } }, new RunbookStep { Name = "b", Run = "b" });
        story.Ends["a"] = attempt => Story.Failure("a", attempt, "fixer may not patch deployments");
        story.Go();

        Assert.Equal((ExecutionPhase.Failed, 2, 0), (story.Status.Phase, story.Acted.Count, story.Undone.Count));
        Assert.StartsWith("dry run: would fail: a; 1 step would run", Succeeded(story).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_on_an_output_that_no_command_gave_does_not_hide_its_step()
    {
        var story = Dry(
            new RunbookStep { Name = "count", Run = "count", Outputs = [new StepOutput { Name = "n", Regex = "(.*)" }] },
            new RunbookStep { Name = "act", Run = "act", When = [new WhenExpression { Variable = "n", Operator = WhenOperator.GreaterThan, Values = ["5"] }] },
            new RunbookStep { Name = "never", Run = "never", When = [new WhenExpression { Step = "count", Operator = WhenOperator.Failed }] });
        story.Go();

        Assert.EndsWith("whether its conditions hold is known only in earnest", story.Step("act").Message, StringComparison.Ordinal);
        Assert.Equal(StepState.Skipped, story.Step("never").State);
    }

    [Fact]
    public void An_input_that_no_command_gave_is_told_as_not_checked()
    {
        var story = Dry(new RunbookStep { Name = "a", Uses = "kubernetes/scale" });
        story.Problems["a"] = new PreparationProblem(Reasons.MissingParameter, "the variable n has no value");
        story.Go();
        Assert.Equal((ExecutionPhase.Succeeded, StepState.Skipped), (story.Status.Phase, story.Step("a").State));
        Assert.StartsWith("dry run: not checked, the variable n has no value", story.Step("a").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_freeze_and_the_kill_switch_are_told_and_hold_nothing()
    {
        var story = Dry(new RunbookStep { Name = "a", Run = "a" });
        story.Risks["a"] = RiskLevel.Caution;
        story.Policy = Policies.Given.Policy("{suspend: true}");
        story.Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        Assert.Contains("; now held by the policy", story.Step("a").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Breakpoints_retries_and_modes_hold_nothing_up()
    {
        var story = Dry(new RunbookStep { Name = "a", Run = "a", Breakpoint = true, Retries = new StepRetries { Limit = 3 }, Idempotent = true });
        story.Ends["a"] = attempt => Story.Failure("a", attempt);
        story.Go();
        Assert.Equal((ExecutionPhase.Failed, 1), (story.Status.Phase, story.Acted.Count));
    }

    private static Story Dry(params RunbookStep[] steps)
    {
        var story = new Story(steps);
        story.Spec = story.Spec with { DryRun = true, Trigger = new ExecutionTrigger { Type = TriggerType.Drill, User = "riley" }, Incident = null };
        return story;
    }

    private static Kubernetes.Condition Succeeded(Story story) => story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
}
