using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using static RunbookOperator.Tests.Executions.RollbackStory;

namespace RunbookOperator.Tests.Executions;

/// <summary>A run that goes back.</summary>
public sealed class RollbackTests
{
    [Fact]
    public void A_check_that_fails_rolls_back_by_itself_the_newest_first()
    {
        var story = Two(RiskLevel.Caution);
        story.Ends["two"] = attempt => Story.Failure("two", attempt, "done, but not verified") with { VerifyingSince = story.Now };
        Through(Approved(story, "one", "two"));

        Assert.Equal(["two/1", "one/1"], story.Undone);
        Assert.Equal((ExecutionPhase.RolledBack, "RolledBack,RolledBack"), (story.Status.Phase, States(story)));
        Assert.Equal(Reasons.RolledBack, Condition(story).Reason);
        Assert.Equal("step two failed: done, but not verified; 2 steps undone", Condition(story).Message);
        Assert.Contains(story.Events, told => told is { Warning: true, Reason: Reasons.RollingBack });
    }

    [Fact]
    public void Steps_side_by_side_are_undone_in_the_order_in_which_they_finished()
    {
        var story = new Story(Scale("slow") with { Needs = [] }, Scale("fast") with { Needs = [] }, Scale("last"));
        var finished = false;
        story.Ends["slow"] = attempt => finished ? Story.Success("slow", attempt) : null;
        Inverse(story);
        story.Go();
        finished = true;
        story.Later(TimeSpan.FromSeconds(5)).Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);

        story.Status = story.Status with { Phase = ExecutionPhase.Running, FinishedAt = null };
        Asked(story).Go();
        Assert.Equal(["slow/1", "last/1", "fast/1"], story.Undone);
    }

    [Fact]
    public void A_rollback_begins_when_nothing_runs_and_nothing_new_starts()
    {
        var story = Two();
        story.Ends["one"] = _ => null;
        story.Go();
        Asked(story).Go();
        Assert.Equal((ExecutionPhase.Running, 0), (story.Status.Phase, story.Undone.Count));

        story.Ends.Remove("one");
        story.Go();
        Assert.Equal((ExecutionPhase.RolledBack, "one/1"), (story.Status.Phase, string.Join(',', story.Undone)));
        Assert.Equal(["one/1"], story.Acted);
    }

    [Fact]
    public void What_waits_for_approval_is_skipped_when_the_run_goes_back()
    {
        var story = Two();
        story.Risks["two"] = RiskLevel.Caution;
        story.Go();
        Asked(story).Go();

        Assert.Equal((ExecutionPhase.RolledBack, "RolledBack,Skipped"), (story.Status.Phase, States(story)));
        Assert.Equal("1 step undone", Condition(story).Message);
    }

    [Fact]
    public void The_result_of_one_undo_and_the_intent_of_the_next_are_one_write()
    {
        var story = Ended(Two());
        var before = story.Writes;
        Asked(story).Go();
        Assert.Equal(2 + 1, story.Writes - before);
    }

    [Fact]
    public void Who_approved_a_step_approved_its_undo_as_it_was_shown()
    {
        var story = Ended(Approved(Two(RiskLevel.Caution), "one", "two"));
        Asked(story).Go();
        Assert.Equal(["two/1", "one/1"], story.Undone);
    }

    [Fact]
    public void An_undo_that_is_another_than_was_shown_asks()
    {
        var story = Ended(Approved(Two(RiskLevel.Caution), "one", "two"));
        story.Status = story.Status with { Steps = [.. story.Status.Steps!.Select(step => step with { Rollback = step.Rollback! with { Plan = "another" } })] };
        Asked(story).Go();
        Assert.Equal((0, ExecutionPhase.WaitingForApproval), (story.Undone.Count, story.Status.Phase));
    }

    [Fact]
    public void An_undo_that_is_riskier_than_its_step_asks()
    {
        var story = Approved(Two(RiskLevel.Caution), "one", "two");
        story.UndoRisks["two"] = RiskLevel.Dangerous;
        Asked(Ended(story)).Go();
        Assert.Equal((0, StepState.Waiting), (story.Undone.Count, story.UndoOf("two").State));
        Assert.Contains("2 people", story.UndoOf("two").Message, StringComparison.Ordinal);

        story.DecideUndo("two", "riley", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Undone);
        story.DecideUndo("two", "sam", ApprovalDecision.Approve).Go();
        Assert.Equal(["two/1", "one/1"], story.Undone);
    }

    [Fact]
    public void An_approval_of_the_step_says_nothing_of_an_undo_that_waits()
    {
        var story = Two();
        story.UndoRisks["two"] = RiskLevel.Caution;
        Asked(Ended(story)).Go();
        story.Decide("two", "riley", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Undone);
    }

    [Fact]
    public void A_dangerous_undo_of_a_step_that_ran_by_itself_waits()
    {
        var story = Two();
        story.UndoRisks["two"] = RiskLevel.Dangerous;
        Asked(Ended(story)).Go();
        Assert.Equal((0, "2/2:two", "dangerous"), (story.Undone.Count, story.Status.Step, story.Status.Risk));
        Assert.Equal(story.Now, story.Status.WaitingSince);
        Assert.Contains(story.Events, told => told.Reason == Reasons.UndoApprovalRequested);
    }

    [Fact]
    public void A_world_that_has_moved_is_asked_about_though_the_step_was_approved()
    {
        var story = Ended(Approved(Two(RiskLevel.Caution), "one", "two"));
        story.MovedWorld["two"] = "it has 7 replicas by now; the step had set 5";
        Asked(story).Go();
        Assert.Empty(story.Undone);
        Assert.EndsWith("it has 7 replicas by now; the step had set 5", story.UndoOf("two").Message, StringComparison.Ordinal);

        story.DecideUndo("two", "riley", ApprovalDecision.Approve).Go();
        Assert.Equal(["two/1", "one/1"], story.Undone);
    }

    [Fact]
    public void What_has_moved_is_part_of_what_is_approved()
    {
        var story = Ended(Two());
        story.MovedWorld["two"] = "7";
        Asked(story).Go();
        var shown = story.UndoOf("two").Digest;
        story.MovedWorld["two"] = "8";
        story.Go();
        Assert.NotEqual(shown, story.UndoOf("two").Digest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_that_failed_or_is_unknown_is_offered_and_not_undone(bool fails)
    {
        var story = new Story(Run("one"), Run("two") with { OnFailure = OnFailure.Rollback });
        story.Ends["two"] = attempt => fails ? Story.Failure("two", attempt) : new StepEvidence.Unknown { Step = "two", Attempt = attempt, Message = "?" };
        story.Go();
        (fails ? story : Asked(story)).Go();
        Assert.Equal((0, StepState.Waiting), (story.Undone.Count, story.UndoOf("two").State));

        story.DecideUndo("two", "riley", ApprovalDecision.Skip).Go();
        Assert.Equal(["one/1"], story.Undone);
        Assert.Contains("left as they are: two", Condition(story).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_for_certain_did_nothing_is_not_offered()
    {
        var story = Two();
        story.Ends["two"] = attempt => Story.Failure("two", attempt, "forbidden") with { NotDone = true };
        story.Go();
        Assert.Equal((ExecutionPhase.RolledBack, "one/1"), (story.Status.Phase, string.Join(',', story.Undone)));
    }

    [Fact]
    public void A_later_attempt_is_undone_to_what_the_first_one_saw()
    {
        var story = new Story(Scale("one"));
        story.Inverses["one"] = "3 replicas";
        story.Forgotten.Add("one/1");
        story.Ends["one"] = attempt => attempt == 1 ? new StepEvidence.Unknown { Step = "one", Attempt = 1, Message = "?" } : Story.Success("one", attempt);
        story.Forgotten.Clear();
        story.Go();
        story.Inverses["one"] = "5 replicas";
        story.Decide("one", "riley", ApprovalDecision.Retry).Go();
        Assert.Equal(["one/1", "one/2"], story.Acted);
        Reopened(story);
        Asked(story).Go();
        Assert.Equal(("3 replicas", "one/1"), (story.WentBackTo["one"], string.Join(',', story.Undone)));
    }

    [Fact]
    public void A_freeze_never_holds_an_undo_and_the_kill_switch_does()
    {
        var story = Ended(Approved(Two(RiskLevel.Caution), "one", "two"));
        story.Policy = Policy("{freezes: [{schedule: '* * * * *', duration: 1h}]}");
        Asked(story).Go();
        Assert.Equal(2, story.Undone.Count);

        var other = Ended(Two());
        other.Policy = Policy("{suspend: true}");
        Asked(other).Go();
        Assert.Equal((0, ExecutionPhase.Paused), (other.Undone.Count, other.Status.Phase));
        Assert.StartsWith("the undo of step two is held by the policy", Condition(other).Message, StringComparison.Ordinal);
        other.Policy = EffectivePolicy.BuiltIn;
        other.Go();
        Assert.Equal(2, other.Undone.Count);
    }

    [Fact]
    public void An_undo_that_failed_waits_for_a_person_and_is_tried_again_as_another_attempt()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = attempt => attempt == 1 ? Story.Failure("two", attempt, "forbidden") : Story.Success("two", attempt);
        Asked(story).Go();
        Assert.Equal((StepState.Failed, Reasons.UndoFailed, ExecutionPhase.WaitingForApproval), (story.UndoOf("two").State, Condition(story).Reason, story.Status.Phase));

        story.DecideUndo("two", "riley", ApprovalDecision.Retry).Go();
        Assert.Equal(["two/1", "two/2", "one/1"], story.Undone);
        Assert.Equal(ExecutionPhase.RolledBack, story.Status.Phase);
    }

    [Fact]
    public void An_undo_of_unknown_outcome_is_not_done_twice()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = attempt => new StepEvidence.Unknown { Step = "two", Attempt = attempt, Message = "no answer" };
        Asked(story).Go();
        story.Later(TimeSpan.FromMinutes(1)).Go();
        Assert.Equal(("two/1", Reasons.UndoUnknown), (string.Join(',', story.Undone), Condition(story).Reason));

        story.DecideUndo("two", "riley", ApprovalDecision.MarkDone).Go();
        Assert.Equal((StepState.RolledBack, ExecutionPhase.RolledBack), (story.Step("two").State, story.Status.Phase));
    }

    [Fact]
    public void An_undo_that_was_recorded_acts_under_the_same_attempt_after_a_restart()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = attempt => story.Forgotten.Count > 0 ? null : Story.Success("two", attempt);
        story.Forgotten.Add("undo of two/1");
        Asked(story).Go();
        Assert.Equal(["two/1", "two/1", "one/1"], story.Undone);
    }

    [Theory]
    [InlineData(ApprovalDecision.Reject, ExecutionPhase.Failed, Reasons.Rejected)]
    [InlineData(ApprovalDecision.Skip, ExecutionPhase.RolledBack, Reasons.RolledBack)]
    [InlineData(ApprovalDecision.MarkDone, ExecutionPhase.RolledBack, Reasons.RolledBack)]
    public void A_person_may_say_no_to_an_undo_or_do_it(ApprovalDecision decision, string phase, string reason)
    {
        var story = Two();
        story.UndoRisks["two"] = RiskLevel.Caution;
        Asked(Ended(story)).Go();
        story.DecideUndo("two", "riley", decision).Go();
        Assert.Equal((phase, reason), (story.Status.Phase, Condition(story).Reason));
        Assert.DoesNotContain("two/1", story.Undone);
    }

    [Fact]
    public void Nobody_who_decides_on_an_undo_ends_the_run()
    {
        var story = Two();
        story.UndoRisks["two"] = RiskLevel.Caution;
        Asked(Ended(story)).Go();
        story.Later(TimeSpan.FromMinutes(30)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.ApprovalTimedOut), (story.Status.Phase, Condition(story).Reason));
    }

    [Fact]
    public void Aborting_lets_the_undo_that_runs_finish_and_begins_no_other()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = _ => null;
        Asked(story).Go();
        story.Spec = story.Spec with { DesiredState = DesiredState.Aborted };
        story.Go();
        Assert.Equal(ExecutionPhase.RollingBack, story.Status.Phase);

        story.UndoEnds.Remove("two");
        story.Go();
        Assert.Equal((ExecutionPhase.Aborted, "Succeeded,RolledBack"), (story.Status.Phase, States(story)));
    }

    [Fact]
    public void A_run_that_goes_back_can_be_paused_and_never_turns_again()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = _ => null;
        Asked(story).Go();
        story.Spec = story.Spec with { DesiredState = DesiredState.Paused };
        story.UndoEnds.Remove("two");
        story.Go();
        Assert.Equal((ExecutionPhase.Paused, "two/1"), (story.Status.Phase, string.Join(',', story.Undone)));

        story.Spec = story.Spec with { DesiredState = DesiredState.Running };
        story.Go();
        Assert.Equal((ExecutionPhase.RolledBack, 2), (story.Status.Phase, story.Undone.Count));
    }

    [Fact]
    public void In_ReadAlong_a_person_undoes_what_a_person_did()
    {
        var story = new Story(Run("one"), Run("two"));
        story.Spec = story.Spec with { Mode = RunbookMode.ReadAlong };
        story.Go();
        story.Decide("one", "riley", ApprovalDecision.MarkDone).Go();
        Asked(story).Go();
        Assert.Contains("until a person has undone it: kubectl runbook done", story.UndoOf("one").Message, StringComparison.Ordinal);
        story.DecideUndo("one", "riley", ApprovalDecision.Approve).Go();
        Assert.Empty(story.Undone);
        story.DecideUndo("one", "riley", ApprovalDecision.MarkDone).Go();
        Assert.Equal((ExecutionPhase.RolledBack, 0), (story.Status.Phase, story.Undone.Count));
    }

    [Fact]
    public void Steps_that_nothing_undoes_are_left_and_named()
    {
        var story = new Story(Scale("restart"), Run("look") with { Rollback = null });
        story.Risks["restart"] = RiskLevel.Caution;
        story.Ends["look"] = _ => null;
        Through(Approved(story, "restart"));
        Asked(story);
        story.Ends.Remove("look");
        story.Go();
        Assert.Equal("0 steps undone; left as they are: restart", Condition(story).Message);
    }

    [Fact]
    public void An_undo_that_takes_too_long_is_stopped_and_asked_about()
    {
        var story = new Story(Run("one"), Run("two"));
        story.UndoEnds["two"] = _ => null;
        Asked(Ended(story)).Go();
        story.Later(TimeSpan.FromMinutes(5)).Go();
        Assert.Equal(("two", StepState.Failed), (string.Join(',', story.Stopped), story.UndoOf("two").State));
    }

    [Fact]
    public void A_rollback_ends_at_the_deadline_of_its_run()
    {
        var story = Ended(Two());
        story.UndoEnds["two"] = _ => null;
        Asked(story).Go();
        story.Later(TimeSpan.FromHours(24)).Go();
        Assert.Equal((ExecutionPhase.Failed, Reasons.DeadlineExceeded, StepState.Unknown), (story.Status.Phase, Condition(story).Reason, story.UndoOf("two").State));
    }
}
