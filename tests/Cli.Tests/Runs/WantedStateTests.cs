using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class WantedStateTests
{
    [Theory]
    [InlineData("pause", null, null, "Paused")]
    [InlineData("pause", DesiredState.Paused, null, "Paused")]
    [InlineData("resume", DesiredState.Paused, null, "Running")]
    [InlineData("resume", DesiredState.Running, null, "Running")]
    [InlineData("resume", DesiredState.Running, Reasons.Breakpoint, "Paused Running")]
    [InlineData("resume", DesiredState.Paused, Reasons.Paused, "Running")]
    [InlineData("resume", DesiredState.Running, Reasons.Suspended, "Running")]
    [InlineData("abort", DesiredState.Paused, Reasons.Breakpoint, "Aborted")]
    public void A_verb_writes_what_is_wanted_and_passes_a_breakpoint_by_a_pause(string verb, DesiredState? now, string? waitsFor, string writes)
    {
        var patches = Verb(verb).Patches(Run(ExecutionPhase.Paused, now, new StepStatus { Name = "a", State = StepState.Waiting, Reason = waitsFor }));
        Assert.Equal(writes.Split(' '), patches.Select(patch => (string?)patch["spec"]!["desiredState"]));
    }

    [Fact]
    public void A_run_that_is_over_is_left_alone() =>
        Assert.Equal("the run shop-slow is over: Failed", Assert.Throws<CliException>(() => Verb("abort").Patches(Run(ExecutionPhase.Failed, null))).Message);

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public void A_run_that_was_aborted_stays_so(string verb) => Assert.Equal(
        "the run shop-slow was aborted, which is final; start a new run of slow",
        Assert.Throws<CliException>(() => Verb(verb).Patches(Run(ExecutionPhase.Running, DesiredState.Aborted))).Message);

    [Fact]
    public void Only_pods_that_run_are_ended_at_once()
    {
        var run = Run(
            ExecutionPhase.Running,
            null,
            new StepStatus { Name = "a", State = StepState.Succeeded, Pod = "a-1" },
            new StepStatus { Name = "b", State = StepState.Running, Pod = "b-1" },
            new StepStatus { Name = "c", State = StepState.Running });
        Assert.Equal(["b-1"], WantedState.Pods(run.Status));
    }

    private static WantedState Verb(string verb) => WantedState.All.Single(wanted => wanted.Verb == verb);

    private static RunbookExecution Run(string phase, DesiredState? desired, params StepStatus[] steps) => new()
    {
        Metadata = new ObjectMeta { Name = "shop-slow" },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = "slow" }, Trigger = new ExecutionTrigger { Type = TriggerType.Manual }, DesiredState = desired,
        },
        Status = new RunbookExecutionStatus { Phase = phase, Steps = [.. steps] },
    };
}
