using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class JournalTests
{
    private readonly Journal _journal = new();

    [Fact]
    public void What_has_happened_is_told_in_order_of_time()
    {
        var approved = Samples.Waiting() with
        {
            State = StepState.Running,
            StartedAt = Samples.Start.AddSeconds(9),
            Approvals = [new StepApproval { User = "riley", Decision = "Approve", At = Samples.Start.AddSeconds(8) }],
        };
        Assert.Equal(
            [TransitionKind.RunStarted, TransitionKind.StepRunning, TransitionKind.StepEnded, TransitionKind.StepWaiting, TransitionKind.Decided, TransitionKind.StepRunning],
            Kinds(Samples.Run(Samples.Succeeded(), approved)));
    }

    [Fact]
    public void Each_transition_is_told_once()
    {
        var run = Samples.Run(Samples.Succeeded(), Samples.Waiting());
        Kinds(run);
        Assert.Empty(Kinds(run));
        Assert.Equal(
            [TransitionKind.StepEnded],
            Kinds(Samples.Run(Samples.Succeeded(), Samples.Waiting() with { State = StepState.Skipped, FinishedAt = Samples.Start.AddMinutes(1) })));
    }

    [Fact]
    public void A_step_that_waits_with_another_digest_is_another_question()
    {
        Kinds(Samples.Run(Samples.Waiting()));
        Assert.Equal([TransitionKind.StepWaiting], Kinds(Samples.Run(Samples.Waiting() with { Digest = "other" })));
    }

    [Fact]
    public void A_second_attempt_is_told()
    {
        Kinds(Samples.Run(Samples.Succeeded() with { State = StepState.Unknown }));
        Assert.Equal([TransitionKind.StepRunning, TransitionKind.StepEnded], Kinds(Samples.Run(Samples.Succeeded() with { Attempt = 2 })));
    }

    [Fact]
    public void A_step_of_unknown_outcome_did_not_wait_before()
    {
        var unknown = Samples.Succeeded() with { State = StepState.Unknown, WaitingSince = Samples.Start.AddSeconds(8), FinishedAt = null };
        var transitions = _journal.Read(Samples.Run(unknown));
        Assert.Equal([TransitionKind.RunStarted, TransitionKind.StepRunning, TransitionKind.StepEnded], transitions.Select(transition => transition.Kind));
        Assert.Equal(Samples.Start.AddSeconds(8), transitions[^1].At);
    }

    [Fact]
    public void A_pause_is_told_when_it_is_seen_and_so_is_its_end()
    {
        var run = Samples.Run();
        Kinds(run);
        Assert.Equal([TransitionKind.RunPaused], Kinds(run with { Status = run.Status! with { Phase = ExecutionPhase.Paused } }));
        Assert.Equal([TransitionKind.RunResumed], Kinds(run));
        Assert.Equal([TransitionKind.RunPaused], Kinds(run with { Status = run.Status! with { Phase = ExecutionPhase.Paused } }));
    }

    [Fact]
    public void The_end_is_told_last() =>
        Assert.Equal([TransitionKind.RunStarted, TransitionKind.RunEnded], Kinds(Samples.Ended(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded)));

    [Fact]
    public void What_has_no_time_stays_where_it_stands()
    {
        var skipped = new StepStatus { Name = "b", State = StepState.Skipped };
        var transitions = _journal.Read(Samples.Run(Samples.Succeeded("a"), skipped, Samples.Waiting("c")));
        Assert.Equal(["", "a", "a", "b", "c"], transitions.Select(transition => transition.Step?.Name ?? ""));
    }

    [Fact]
    public void A_run_that_nobody_has_looked_at_has_no_history() => Assert.Empty(Kinds(Samples.Run() with { Status = null }));

    private IEnumerable<TransitionKind> Kinds(RunbookExecution run) => _journal.Read(run).Select(transition => transition.Kind);
}
