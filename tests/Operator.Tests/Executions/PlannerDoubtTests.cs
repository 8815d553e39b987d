using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Attempts of which it is not known, or not yet, whether they have acted.</summary>
public sealed class PlannerDoubtTests
{
    private static RunbookStep Run(string name) => new() { Name = name, Run = "kubectl get pods" };

    private static RunbookStep Uses(string name) => new() { Name = name, Uses = "kubernetes/rollout-restart" };

    [Fact]
    public void An_attempt_of_unknown_outcome_waits_for_a_person_and_is_never_repeated_by_itself()
    {
        var story = new Story(Uses("bounce"), Run("after"));
        story.Ends["bounce"] = attempt => new StepEvidence.Unknown { Step = "bounce", Attempt = attempt, Message = "no answer came" };
        story.Go().Go().Go();
        Assert.Equal(["bounce/1"], story.Acted);
        Assert.Equal(StepState.Unknown, story.Step("bounce").State);
        Assert.Equal(ExecutionPhase.WaitingForApproval, story.Status.Phase);
    }

    [Theory]
    [InlineData(ApprovalDecision.Skip, StepState.Skipped)]
    [InlineData(ApprovalDecision.MarkDone, StepState.Succeeded)]
    public void A_person_settles_an_unknown_step(ApprovalDecision decision, string state)
    {
        var story = new Story(Uses("bounce"), Run("after"));
        story.Ends["bounce"] = attempt => new StepEvidence.Unknown { Step = "bounce", Attempt = attempt, Message = "no answer came" };
        story.Go().Decide("bounce", "riley", decision).Go();
        Assert.Equal(state, story.Step("bounce").State);
        Assert.Equal(["bounce/1", "after/1"], story.Acted);
    }

    [Fact]
    public void A_retry_is_a_new_attempt_that_needs_its_own_approval()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Ends["bounce"] = attempt => attempt == 1
            ? new StepEvidence.Unknown { Step = "bounce", Attempt = 1, Message = "no answer came" }
            : Story.Success("bounce", attempt);
        story.Go().Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        story.Decide("bounce", "riley", ApprovalDecision.Retry).Go();
        Assert.Equal(["bounce/1"], story.Acted);
        Assert.Equal((StepState.Waiting, 2), (story.Step("bounce").State, story.Step("bounce").Attempt));
        story.Decide("bounce", "riley", ApprovalDecision.Approve, attempt: 2).Go();
        Assert.Equal(["bounce/1", "bounce/2"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }

    [Fact]
    public void A_typed_act_that_may_have_happened_is_asked_again_however_late_and_not_failed_by_the_clock()
    {
        var story = new Story(Uses("bounce"));
        story.Risks["bounce"] = RiskLevel.Caution;
        story.Ends["bounce"] = _ => null;
        story.Go().Decide("bounce", "riley", ApprovalDecision.Approve).Go();
        story.Forgotten.Add("bounce/1");
        story.Ends["bounce"] = attempt => Story.Success("bounce", attempt);
        story.Later(TimeSpan.FromHours(3)).Go();
        Assert.Equal(StepState.Succeeded, story.Step("bounce").State);
    }

    [Theory]
    [InlineData(DesiredState.Aborted, ExecutionPhase.Aborted)]
    [InlineData(DesiredState.Paused, ExecutionPhase.Running)]
    public void What_was_only_recorded_does_not_begin_once_a_person_has_stopped_the_run(DesiredState wanted, string phase)
    {
        foreach (var step in new[] { Uses("bounce"), Run("bounce") })
        {
            var story = new Story(step);
            story.Ends["bounce"] = _ => null;
            story.Go();
            story.Forgotten.Add("bounce/1");
            story.Spec = story.Spec with { DesiredState = wanted };
            story.Go();
            Assert.Equal(["bounce/1"], story.Acted);
            Assert.Equal(phase, story.Status.Phase);
        }
    }

    [Fact]
    public void A_decision_on_an_unknown_step_is_about_the_step_as_it_reads_now()
    {
        var story = new Story(Uses("bounce"));
        story.Ends["bounce"] = attempt => new StepEvidence.Unknown { Step = "bounce", Attempt = attempt, Message = "no answer came" };
        story.Go();
        story.World = "-judged-by-newer-rules";
        story.Go();
        Assert.Equal("digest-bounce-1-judged-by-newer-rules", story.Step("bounce").Digest);
    }

    [Fact]
    public void What_was_to_be_touched_and_has_moved_is_prepared_again_for_the_same_attempt()
    {
        var moved = true;
        var story = new Story(Uses("bounce"));
        story.Ends["bounce"] = attempt =>
        {
            var was = moved;
            moved = false;
            return was ? new StepEvidence.Moved { Step = "bounce", Attempt = attempt } : Story.Success("bounce", attempt);
        };
        story.Go();
        Assert.Equal(["bounce/1", "bounce/1"], story.Acted);
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
    }
}
