using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class WaitingStepTests
{
    private static readonly StepStatus Unknown = Samples.Waiting("failover", "dangerous") with { State = StepState.Unknown };

    [Fact]
    public void The_only_step_that_waits_is_meant() =>
        Assert.Equal("bounce", WaitingStep.Choose(Samples.Run(Samples.Succeeded(), Samples.Waiting()), null, Of("approve")).Name);

    [Fact]
    public void Of_several_the_one_named_is_meant() =>
        Assert.Equal("b", WaitingStep.Choose(Samples.Run(Samples.Waiting("a"), Samples.Waiting("b")), "b", Of("skip")).Name);

    [Theory]
    [InlineData("retry")]
    [InlineData("done")]
    [InlineData("skip")]
    [InlineData("reject")]
    public void A_step_of_unknown_outcome_awaits_every_decision_but_approve(string verb) =>
        Assert.Equal("failover", WaitingStep.Choose(Samples.Run(Unknown), null, Of(verb)).Name);

    [Theory]
    [InlineData("approve", null, "waits at 2 steps: name one of a, b")]
    [InlineData("approve", "c", "has not reached a step \"c\"")]
    [InlineData("approve", "aa", "did you mean a?")]
    [InlineData("retry", "a", "was not tried: decide with approve, skip or reject")]
    public void What_cannot_be_decided_is_said(string verb, string? step, string message) =>
        Refuses(Samples.Run(Samples.Waiting("a"), Samples.Waiting("b")), step, verb, message);

    [Fact]
    public void A_step_that_is_done_waits_for_nothing() =>
        Refuses(Samples.Run(Samples.Succeeded()), "timeouts", "approve", "is Succeeded: it waits for no decision");

    [Fact]
    public void A_run_without_a_waiting_step_has_nothing_to_decide() =>
        Refuses(Samples.Run(Samples.Succeeded()), null, "approve", "no step of latency-1a2b3c4d waits");

    [Fact]
    public void Unknown_outcome_cannot_be_approved() =>
        Refuses(Samples.Run(Unknown), null, "approve", "decide with retry, skip or done");

    [Fact]
    public void What_a_person_does_is_marked_done_and_not_approved()
    {
        var run = Samples.Run(Samples.Waiting() with { ServiceAccount = null });
        Refuses(run, null, "approve", "is for a person to do: decide with done, skip or reject");
        Refuses(run, "bounce", "approve", "is for a person to do");
        Assert.Equal("bounce", WaitingStep.Choose(run, null, Of("done")).Name);
    }

    [Fact]
    public void A_run_that_is_over_has_nothing_to_decide() =>
        Refuses(Samples.Ended(ExecutionPhase.Failed, "False", Reasons.StepFailed), null, "approve", "is over (Failed)");

    [Fact]
    public void Nothing_is_decided_on_a_step_that_has_no_digest() =>
        Refuses(Samples.Run(Samples.Waiting() with { Digest = null }), null, "approve", "has no digest yet");

    private static void Refuses(RunbookExecution run, string? step, string verb, string message) =>
        Assert.Contains(message, Assert.Throws<CliException>(() => WaitingStep.Choose(run, step, Of(verb))).Message, StringComparison.Ordinal);

    private static Decision Of(string verb) => Decision.All.Single(decision => decision.Verb == verb);
}
