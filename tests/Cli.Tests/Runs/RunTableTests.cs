using RunbookOperator.Api;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class RunTableTests
{
    private static readonly RunbookExecution[] All =
    [
        Run("new", ExecutionPhase.Running, age: 1),
        Run("unseen", null, age: 3),
        Run("long", ExecutionPhase.WaitingForApproval, age: 20, waits: 10, incident: "shop-1"),
        Run("over", ExecutionPhase.Failed, age: 30, incident: "shop-1"),
        Run("short", ExecutionPhase.WaitingForApproval, age: 40, waits: 2),
    ];

    [Theory]
    [InlineData(null, null, "long short new unseen")]
    [InlineData(ExecutionPhase.WaitingForApproval, null, "long short")]
    [InlineData(ExecutionPhase.Failed, null, "over")]
    [InlineData(ExecutionPhase.Pending, null, "unseen")]
    [InlineData(null, "shop-1", "long")]
    [InlineData(ExecutionPhase.Failed, "shop-1", "over")]
    [InlineData(ExecutionPhase.Paused, null, "")]
    public void Without_a_phase_all_that_are_under_way_are_shown_the_longest_wait_first(string? phase, string? incident, string expected) =>
        Assert.Equal(expected, string.Join(' ', RunTable.Choose(All, phase, incident).Select(run => run.Metadata.Name)));

    [Fact]
    public void The_columns_are_those_of_kubectl_and_the_age_is_last() => Assert.Equal(
        [
            "NAME   RUNBOOK   PHASE                STEP         RISK      WAITING   INCIDENT   AGE",
            "long   latency   WaitingForApproval   2/4:bounce   caution   10m       shop-1     20m",
            "new    latency   Running              2/4:bounce   caution   -         -          60s",
        ],
        RunTable.Lines([All[2], All[0]], wide: false, TestHost.Now));

    [Fact]
    public void Wide_tells_the_mode_the_trigger_and_what_is_awaited()
    {
        var lines = RunTable.Lines([Samples.Ended(ExecutionPhase.Failed, "False", Reasons.StepFailed, "step a failed")], wide: true, TestHost.Now).ToList();
        Assert.EndsWith("AGE   MODE      TRIGGER   APPROVED-BY   MESSAGE", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("-     Copilot   Manual    -             step a failed", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Failed", ExecutionPhase.Failed)]
    [InlineData("waitingforapproval", ExecutionPhase.WaitingForApproval)]
    public void A_phase_is_taken_in_any_case_of_letters(string? word, string? expected) => Assert.Equal(expected, RunTable.Phase(word));

    [Fact]
    public void Every_phase_there_is_can_be_asked_for()
    {
        var phases = typeof(ExecutionPhase).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(phases, phases.Select(RunTable.Phase));
        Assert.Equal(10, phases.Count);
    }

    private static RunbookExecution Run(string name, string? phase, int age, int? waits = null, string? incident = null)
    {
        var sample = Samples.Run();
        var status = new RunbookExecutionStatus { Phase = phase, Step = "2/4:bounce", Risk = "caution", WaitingSince = waits is { } minutes ? TestHost.Now.AddMinutes(-minutes) : null };
        return sample with
        {
            Metadata = sample.Metadata with { Name = name, CreationTimestamp = TestHost.Now.AddMinutes(-age) },
            Spec = sample.Spec with { Incident = incident },
            Status = phase is null ? null : status,
        };
    }
}
