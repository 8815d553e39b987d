using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class UndoingTests
{
    private static readonly StepUndoStatus Planned = new() { State = StepState.Pending, Risk = "caution" };

    private static Decision Of(string verb) => Decision.All.Single(decision => decision.Verb == verb);

    [Fact]
    public void While_a_run_goes_back_decisions_are_about_the_undo_of_its_steps()
    {
        var run = GoingBack(Planned with { State = StepState.Waiting, Attempt = 2, Digest = "undo-digest", ServiceAccount = "fixer" });

        var step = WaitingStep.Choose(run, null, Of("approve"));
        var approval = Approvals.Of(run, step, Of("approve"), null, null, "abc123");

        Assert.Equal((true, 2, "undo-digest", "latency-1a2b3c4d-bounce-undo-2-abc123"), (approval.Spec.Undo, approval.Spec.Attempt, approval.Spec.Digest, approval.Metadata.Name));
    }

    [Theory]
    [InlineData(StepState.Waiting, "approve skip done reject")]
    [InlineData(StepState.Failed, "retry skip done reject")]
    [InlineData(StepState.Unknown, "retry skip done reject")]
    [InlineData(StepState.Running, "")]
    [InlineData(StepState.Succeeded, "")]
    public void An_undo_awaits_what_can_be_decided_on_it(string state, string verbs)
    {
        var run = GoingBack(Planned with { State = state, Attempt = 1, Digest = "d" });
        foreach (var decision in Decision.All)
        {
            var possible = verbs.Split(' ').Contains(decision.Verb);
            if (possible)
            {
                Assert.Equal("bounce", WaitingStep.Choose(run, "bounce", decision).Name);
            }
            else
            {
                Assert.Throws<CliException>(() => WaitingStep.Choose(run, "bounce", decision));
            }
        }
    }

    [Fact]
    public void What_would_be_undone_is_told_the_newest_first_and_what_stays()
    {
        var first = Samples.Succeeded("one") with { Undo = "Scale back to 3.", Rollback = Planned };
        var second = Samples.Succeeded("two") with { Undo = "Label back.", Rollback = Planned, FinishedAt = first.FinishedAt!.Value.AddSeconds(9) };
        var stays = Samples.Succeeded("three") with { Risk = "caution", Undo = "Nothing to undo." };

        var lines = Undoing.Lines(Samples.Run(first, second, stays, Samples.Succeeded("look")), Paint.None).ToList();

        Assert.Equal(
            ["latency-1a2b3c4d: to be undone, the newest first", "  two (caution): Label back.", "  one (caution): Scale back to 3.", "  three stays: Nothing to undo."], lines);
    }

    [Fact]
    public void What_can_never_be_undone_is_refused()
    {
        var run = Samples.Run();
        Assert.Throws<CliException>(() => Undoing.Check(run with { Spec = run.Spec with { DryRun = true } }));
        Assert.Throws<CliException>(() => Undoing.Check(GoingBack(Planned)));
        var rollback = Samples.Ended(ExecutionPhase.RolledBack, "True", Reasons.RolledBack);
        Assert.Throws<CliException>(() => Undoing.Check(rollback with { Spec = rollback.Spec with { Trigger = new ExecutionTrigger { Type = TriggerType.Rollback, Parent = "a" } } }));
        Undoing.Check(run);
    }

    [Theory]
    [InlineData("alertname=\"Slow\"|severity=~\"critical|warning\"", "", "alertname=Slow,namespace=payments,service=pay,severity=critical", null)]
    [InlineData("alertname=\"Slow\"", "alertname=Other", "alertname=Other,namespace=payments,service=pay", "this alert would not start the runbook, which asks for alertname=\"Slow\"; give --label")]
    [InlineData("pod=~\"web-.+\"", "", "namespace=payments,service=pay", "this alert would not start the runbook, which asks for pod=~\"web-.+\"; give --label")]
    [InlineData("pod=~\"web-.+\"", "pod=web-1", "namespace=payments,pod=web-1,service=pay", null)]
    [InlineData("", "", "namespace=payments,service=pay", "the runbook has no trigger for alerts: only its parameters take values from this one")]
    public void An_invented_alert_has_what_the_trigger_asks_for(string matchers, string given, string labels, string? note)
    {
        var split = matchers.Length == 0 ? [] : matchers.Contains("\"|", StringComparison.Ordinal) ? matchers.Replace("\"|", "\"\n", StringComparison.Ordinal).Split('\n') : new[] { matchers };
        var runbook = new Runbook
        {
            Metadata = new() { Name = "latency", Namespace = "payments" },
            Spec = new RunbookSpec
            {
                Title = "t",
                Services = ["pay"],
                Triggers = split.Length == 0 ? null : [new RunbookTrigger { Alert = new AlertTrigger { Matchers = [.. split] } }],
                Steps = [],
            },
        };

        var alert = InventedAlert.For(runbook, given.Length == 0 ? [] : RunParameters.Parse([given], "--label", "label"));

        Assert.Equal((labels, note), (string.Join(',', alert.Labels.Select(label => $"{label.Key}={label.Value}")), alert.Note));
    }

    private static RunbookExecution GoingBack(StepUndoStatus undo)
    {
        var run = Samples.Run(Samples.Succeeded("bounce") with { Rollback = undo });
        return run with { Status = run.Status! with { Rollback = new RollbackStatus { StartedAt = Samples.Start, Reason = Reasons.RollbackRequested } } };
    }
}
