using RunbookOperator.Api;
using RunbookOperator.Learning;
using RunbookOperator.Risk;
using static RunbookOperator.Operator.Tests.LearningWorld;

namespace RunbookOperator.Operator.Tests;

public sealed class ProposalsTests
{
    [Fact]
    public void A_step_that_people_skipped_in_the_last_three_runs_is_proposed_for_removal()
    {
        var all = ThreeSkips();

        var proposal = Assert.Single(Find(Incident(), [all[2]], all));

        Assert.Equal((ProposalKind.RemoveStep, "flush"), (proposal.Kind, proposal.Step));
        Assert.Equal("payment-latency: remove step \"flush\"", proposal.Title);
        Assert.Equal((RiskLevel.Dangerous, null), (proposal.Before, proposal.AfterRisk));
        Assert.Equal(
            [
                new ProposalEvidence("r3", Start.AddMinutes(2), "riley", "skipped", "not needed", "30m"),
                new ProposalEvidence("r2", Start.AddMinutes(-98), "riley", "skipped", "still not needed", "10m"),
                new ProposalEvidence("r1", Start.AddMinutes(-198), "riley", "skipped", "not needed", "10m"),
            ],
            proposal.Evidence);
    }

    [Fact]
    public void Two_runs_are_not_enough()
    {
        var all = ThreeSkips()[1..];

        Assert.Empty(Find(Incident(), [all[1]], all));
    }

    [Fact]
    public void One_run_in_which_the_step_was_used_is_an_answer()
    {
        var all = ThreeSkips();
        all[1] = Run("r2", -100, null, Done("look", -99), Done("flush", -98));

        Assert.Empty(Find(Incident(), [all[2]], all));
    }

    [Fact]
    public void A_step_that_was_skipped_by_its_conditions_or_because_the_alert_resolved_was_not_skipped_by_a_person()
    {
        var all = ThreeSkips();
        all[0].Status!.Steps![1] = all[0].Status!.Steps![1] with { Approvals = null };
        Assert.Empty(Find(Incident(), [all[2]], all));

        all[0].Status!.Steps![1] = Skipped("flush", -198, decision: "Approve");
        Assert.Empty(Find(Incident(), [all[2]], all));
    }

    [Fact]
    public void Only_ended_runs_of_this_runbook_that_ended_by_then_count()
    {
        var all = ThreeSkips();
        var used = Run("r4", 100, null, Done("flush", 101));
        var running = Run("r5", -50, null, Done("flush", -49)) with { Status = new RunbookExecutionStatus { Phase = ExecutionPhase.Running } };
        var other = Run("r6", -50, null, Done("flush", -49));
        other = other with { Spec = other.Spec with { Runbook = new ExecutionRunbook { Name = "other" } } };

        Assert.Single(Find(Incident(), [all[2]], [used, running, other, .. all]));
    }

    [Fact]
    public void A_step_that_is_not_in_the_runbook_any_more_is_not_proposed_for_removal()
    {
        var all = ThreeSkips("gone");

        Assert.Empty(Find(Incident(), [all[2]], all));
    }

    [Fact]
    public void A_note_with_a_command_is_proposed_as_a_step_behind_the_one_that_had_finished_last()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3", Done("look", 1), Done("pods", 4), Done("flush", 9));

        var proposal = Assert.Single(Find(Incident(Note("Check pg_stat_activity!", " kubectl get events -n shop ")), [run]));

        Assert.Equal((ProposalKind.AddStep, "check-pg-stat-activity", "pods"), (proposal.Kind, proposal.Step, proposal.After));
        Assert.Equal("payment-latency: add step \"check-pg-stat-activity\"", proposal.Title);
        var step = proposal.Added!;
        Assert.Equal(("Check pg_stat_activity!", "kubectl get events -n shop", "safe"), (step.Title, step.Run, step.Risk));
        Assert.Equal((null, RiskLevel.Safe), (proposal.Before, proposal.AfterRisk));
        Assert.Equal(new ProposalEvidence("r1", Start.AddMinutes(5), "riley", "added", "kubectl get events -n shop", "30m"), Assert.Single(proposal.Evidence));
    }

    [Fact]
    public void The_risk_of_a_new_step_is_what_the_classifier_says()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3");

        var proposal = Assert.Single(Find(Incident(Note("Away with it", "kubectl delete pod x -n shop")), [run]));

        Assert.Equal("dangerous", proposal.Added!.Risk);
    }

    [Fact]
    public void Notes_without_a_command_or_with_one_that_is_a_step_already_are_no_proposal()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3");

        Assert.Empty(Find(Incident(Note("A remark", null), Note("Empty", "  "), Note("The same", "kubectl get pods -n shop\n")), [run]));
    }

    [Fact]
    public void Several_notes_become_several_steps_in_their_order_and_the_same_command_one()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3", Done("look", 1));

        var proposals = Find(Incident(Note("Check", "kubectl get a -n shop"), Note("Check", "kubectl get b -n shop"), Note("Again", "kubectl get a -n shop")), [run]);

        Assert.Equal([("check", "look"), ("check-2", "check")], proposals.Select(proposal => (proposal.Step, proposal.After!)));
        Assert.Equal(2, proposals.Select(proposal => proposal.Id).Distinct().Count());
    }

    [Fact]
    public void A_note_belongs_to_the_runbook_whose_run_had_begun_last()
    {
        var first = Run("r1", 0, "payment-7f3a9c1b-3");
        var second = Run("r2", 10, "payment-7f3a9c1b-3");
        second = second with { Spec = second.Spec with { Runbook = new ExecutionRunbook { Name = "other" } } };
        var incident = Incident(Note("Early", "kubectl get a", minute: -5), Note("Middle", "kubectl get b", minute: 5), Note("Late", "kubectl get c", minute: 15));

        Assert.Equal(
            [("payment-latency", "early"), ("payment-latency", "middle"), ("other", "late")],
            Find(incident, [second, first]).OrderByDescending(proposal => proposal.Runbook).Select(proposal => (proposal.Runbook, proposal.Step)));
    }

    [Fact]
    public void The_same_proposal_has_the_same_id_whatever_the_words()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3");

        var one = Assert.Single(Find(Incident(Note("Check", "kubectl get a")), [run]));
        var other = Assert.Single(Find(Incident(Note("Look", "kubectl get a", minute: 9)), [run]));

        Assert.Equal(one.Id, other.Id);
    }

    [Fact]
    public void Secrets_in_words_do_not_reach_a_proposal()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3");

        var proposal = Assert.Single(Find(Incident(Note("Log in with password=hunter2hunter2", "kubectl get a")), [run]));

        Assert.DoesNotContain("hunter2", proposal.Rationale + proposal.Step + proposal.Added!.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "look")]
    [InlineData(3, "look")]
    [InlineData(4, "pods")]
    [InlineData(7, "pods")]
    [InlineData(9, "flush")]
    public void The_place_of_a_step_follows_the_time_of_its_note(int minute, string? after)
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3", Done("look", 1), Done("pods", 4), Done("gone", 6), Done("flush", 9));

        Assert.Equal(after, StepPlacement.After(Note("x", "y", minute), [run], Spec()));
    }

    [Fact]
    public void A_note_without_a_time_comes_last()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3", Done("look", 1), Done("pods", 4));

        Assert.Equal("pods", StepPlacement.After(Note("x", "y") with { At = null }, [run], Spec()));
    }

    [Theory]
    [InlineData("Check pg_stat_activity!", "check-pg-stat-activity")]
    [InlineData("  --Größe: ÄÖÜ 42 ", "gr-e-42")]
    [InlineData("!!!", "step")]
    [InlineData("", "step")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("a very long sentence about what was done in the night", "a-very-long-sentence-about-what-was-done")]
    public void Names_are_made_from_words(string text, string name) => Assert.Equal(name, StepNames.Unique(text, []));

    [Fact]
    public void Names_are_unique_and_never_too_long()
    {
        var taken = new HashSet<string>();
        var text = new string('a', 60);

        Assert.Equal(new string('a', 40), StepNames.Unique(text, taken));
        Assert.Equal(new string('a', 38) + "-2", StepNames.Unique(text, taken));
        Assert.Equal(new string('a', 38) + "-3", StepNames.Unique(text, taken));
    }
}
