using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>A run that undoes another one, which is over.</summary>
public sealed class RollbackRunTests
{
    [Fact]
    public void It_undoes_what_the_other_run_did_the_newest_first_and_has_succeeded_then()
    {
        var story = After(RiskLevel.Safe);
        story.Go();

        Assert.Equal(["two/1", "one/1"], story.Undone);
        Assert.Empty(story.Acted);
        Assert.Equal((ExecutionPhase.RolledBack, ConditionStatus.True), (story.Status.Phase, Succeeded(story).Status));
        Assert.Equal("v", story.Status.Variables!["k"]);
    }

    [Fact]
    public void What_was_approved_in_the_other_run_is_asked_about_anew()
    {
        var story = After(RiskLevel.Caution);
        story.Go();
        Assert.Equal((0, StepState.Waiting), (story.Undone.Count, story.UndoOf("two").State));

        story.DecideUndo("two", "riley", ApprovalDecision.Approve).DecideUndo("one", "riley", ApprovalDecision.Approve).Go().Go();
        Assert.Equal(["two/1", "one/1"], story.Undone);
    }

    [Fact]
    public void What_an_earlier_rollback_has_undone_is_not_undone_again()
    {
        var story = After(RiskLevel.Safe);
        var earlier = new RunbookExecution
        {
            Metadata = new ObjectMeta { Name = "earlier" },
            Spec = story.Spec,
            Status = new RunbookExecutionStatus { Phase = ExecutionPhase.Failed, Steps = [new StepStatus { Name = "two", State = StepState.RolledBack }] },
        };
        story.Undoes = [.. story.Undoes, earlier];
        story.Go();
        Assert.Equal(["one/1"], story.Undone);
    }

    [Fact]
    public void Without_the_other_run_or_before_its_end_it_fails()
    {
        var gone = After(RiskLevel.Safe);
        gone.Undoes = [];
        gone.Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.NotUndoable), (gone.Status.Phase, Succeeded(gone).Reason));

        var early = After(RiskLevel.Safe);
        early.Undoes = [early.Undoes[0] with { Status = early.Undoes[0].Status! with { Phase = ExecutionPhase.Running } }];
        early.Go();
        Assert.Equal(Reasons.NotUndoable, Succeeded(early).Reason);
    }

    [Fact]
    public void A_policy_that_limits_how_many_runs_begin_holds_no_rollback()
    {
        var story = After(RiskLevel.Safe);
        story.BeginsAt = story.Now + TimeSpan.FromMinutes(10);
        story.Go();
        Assert.Equal(ExecutionPhase.RolledBack, story.Status.Phase);
    }

    private static Story After(RiskLevel risk)
    {
        RunbookStep[] steps = [new() { Name = "one", Uses = "kubernetes/scale" }, new() { Name = "two", Uses = "kubernetes/scale" }];
        var first = new Story(steps);
        foreach (var step in steps)
        {
            (first.Inverses[step.Name], first.Risks[step.Name]) = ("seen", risk);
            first.Decide(step.Name, "riley", ApprovalDecision.Approve);
        }

        first.Go().Go().Go();
        Assert.Equal(ExecutionPhase.Succeeded, first.Status.Phase);
        var over = first.Execution with { Status = first.Status with { Variables = new() { ["k"] = "v" } } };
        var story = new Story(steps) { Undoes = [over] };
        foreach (var step in steps)
        {
            (story.Inverses[step.Name], story.Risks[step.Name]) = ("seen", risk);
        }

        story.Spec = story.Spec with { Trigger = new ExecutionTrigger { Type = TriggerType.Rollback, Parent = over.Metadata.Name, User = "sam" } };
        return story;
    }

    private static Condition Succeeded(Story story) => story.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Succeeded);
}
