using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class RunOutcomeTests
{
    [Theory]
    [InlineData(ExecutionPhase.Succeeded, "True", Reasons.ExecutionSucceeded, 0)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.StepFailed, 1)]
    [InlineData(ExecutionPhase.Failed, "False", Reasons.Rejected, 2)]
    [InlineData(ExecutionPhase.Aborted, "False", Reasons.Aborted, 2)]
    [InlineData("Escalated", "False", "Escalated", 1)]
    public void The_exit_code_says_how_a_run_ended(string phase, string status, string reason, int expected)
    {
        var ended = Samples.Ended(phase, status, reason).Status!;
        Assert.True(RunOutcome.IsOver(ended));
        Assert.Equal(expected, RunOutcome.ExitCodeOf(ended));
    }

    [Theory]
    [InlineData(ExecutionPhase.Succeeded, 0)]
    [InlineData(ExecutionPhase.Failed, 1)]
    [InlineData(ExecutionPhase.Aborted, 2)]
    public void Without_conditions_the_phase_serves(string phase, int expected)
    {
        var status = new RunbookExecutionStatus { Phase = phase };
        Assert.True(RunOutcome.IsOver(status));
        Assert.Equal(expected, RunOutcome.ExitCodeOf(status));
    }

    [Fact]
    public void A_run_that_waits_is_not_over() => Assert.False(RunOutcome.IsOver(Samples.Run(Samples.Waiting()).Status));

    [Fact]
    public void A_run_without_a_status_is_not_over() => Assert.False(RunOutcome.IsOver(null));
}
