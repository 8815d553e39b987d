using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class RunViewTests
{
    private static readonly RunView View = new(Paint.None, TimeZoneInfo.Utc, "kubectl runbook", " -n payments");

    [Fact]
    public void A_run_reads_as_a_story()
    {
        var decided = Samples.Waiting("bounce") with
        {
            State = StepState.Succeeded,
            Message = null,
            StartedAt = Samples.Start.AddSeconds(40),
            VerifyingSince = Samples.Start.AddSeconds(42),
            FinishedAt = Samples.Start.AddSeconds(50),
            Approvals = [new StepApproval { User = "riley", Decision = "Approve", At = Samples.Start.AddSeconds(39), Reason = "looks right" }],
        };
        var skipped = new StepStatus { Name = "cache", State = StepState.Skipped, FinishedAt = Samples.Start.AddSeconds(50), Message = "when does not hold" };
        var dangerous = Samples.Waiting("failover", "dangerous") with
        {
            Command = "pg_autoctl perform failover \\\n  --formation \"$formation\"",
            WaitingSince = Samples.Start.AddSeconds(51),
            Message = "type payments-db to approve",
            Undo = null,
        };
        var run = Samples.Run(Samples.Succeeded(), decided, skipped, dangerous);
        Golden.Equal("tests/Cli.Tests/Runs/story.txt", Text(run));
    }

    [Fact]
    public void The_end_says_how_and_why()
    {
        var text = Text(Samples.Ended(ExecutionPhase.Failed, "False", Reasons.Rejected, "riley said no"));
        Assert.Contains("05:02:00  run failed: riley said no\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_unknown_outcome_shows_what_can_be_decided()
    {
        var text = Text(Samples.Run(Samples.Waiting() with { State = StepState.Unknown, WaitingSince = null, Message = "the Pod is gone" }));
        Assert.Contains("may have happened: the Pod is gone", text, StringComparison.Ordinal);
        Assert.Contains("kubectl runbook retry latency-1a2b3c4d bounce -n payments", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manual_step_is_to_be_marked_done()
    {
        var text = Text(Samples.Run(Samples.Waiting() with { ServiceAccount = null, Risk = null, Command = "Call the bank." }));
        Assert.Contains("kubectl runbook done latency-1a2b3c4d bounce -n payments", text, StringComparison.Ordinal);
        Assert.DoesNotContain("undo     nothing that is known", text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_read_along_every_step_is_to_be_marked_done()
    {
        var run = Samples.Run(Samples.Waiting());
        Assert.Contains("runbook done latency", Text(run with { Spec = run.Spec with { Mode = RunbookMode.ReadAlong } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_skipped_is_said_once()
    {
        var text = Text(Samples.Run(Samples.Waiting() with { State = StepState.Skipped, WaitingSince = null, Message = "skipped by riley: not now" }));
        Assert.Contains("bounce  skipped by riley: not now\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_step_says_its_exit_code()
    {
        var text = Text(Samples.Run(Samples.Succeeded() with { State = StepState.Failed, ExitCode = 3, Message = "the command failed" }));
        Assert.Contains("failed after 3s with exit code 3: the command failed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_from_the_cluster_reaches_the_terminal_as_an_order()
    {
        const string Evil = "\u001b[2Jx\u202e\u009b1m";
        var step = Samples.Waiting() with
        {
            Risk = Evil, Reasons = [Evil], Command = Evil, ServiceAccount = Evil, Undo = Evil, Message = Evil,
            Approvals = [new StepApproval { User = Evil, Decision = Evil, Reason = Evil }],
        };
        var ended = Samples.Succeeded("b") with { State = Evil, Output = Evil, Message = Evil, Command = Evil };
        var failed = ended with { Name = "c", State = StepState.Failed };
        var run = Samples.Run(step, ended, failed);
        run = run with
        {
            Metadata = run.Metadata with { Name = Evil },
            Spec = run.Spec with { Incident = Evil, Runbook = new ExecutionRunbook { Name = Evil }, Trigger = new ExecutionTrigger { Type = TriggerType.Manual, User = Evil } },
        };
        Assert.All(Text(run).EnumerateRunes(), rune => Assert.True(rune.Value == '\n' || Plain.IsHarmless(rune)));
    }

    [Theory]
    [InlineData("2/4:bounce", "1/4")]
    [InlineData(null, "1")]
    [InlineData("odd", "1")]
    [InlineData("0/0:bounce", "1")]
    public void The_place_of_a_step_counts_all_steps_where_they_are_known(string? step, string expected)
    {
        var run = Samples.Run(Samples.Succeeded());
        Assert.Equal(expected, Transitions.Place(run.Status! with { Step = step }, "timeouts"));
    }

    private static string Text(RunbookExecution run) =>
        View.Header(run) + "\n"
        + string.Concat(new Journal().Read(run).SelectMany(transition => View.Lines(run, transition, TestHost.Now)).Select(line => line + "\n"));
}
