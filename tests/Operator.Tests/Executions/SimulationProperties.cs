using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Api;
using RunbookOperator.Executions;

namespace RunbookOperator.Tests.Executions;

/// <summary>What must hold of any runbook, whatever happens: ends are final, nothing above safe acts without its approvals, pausing works, needs come
/// first, no attempt starts twice, no more run than may, and every run can end.</summary>
public sealed class SimulationProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20261121, 2711);

    [Fact]
    public void Whatever_happens_the_promises_of_a_run_hold() => Check.One(
        Config, Prop.ForAll(Simulation.Any.ToArbitrary(), simulation => simulation.Play() is not { } broken ? true : throw new InvalidOperationException(broken)));

    [Fact]
    public void The_simulations_go_everywhere()
    {
        var phases = new Dictionary<string, int>();
        Check.One(Config.WithMaxTest(500), Prop.ForAll(Simulation.Any.ToArbitrary(), simulation =>
        {
            foreach (var phase in simulation.Phases())
            {
                phases[phase] = phases.GetValueOrDefault(phase) + 1;
            }

            return true;
        }));
        Assert.All(
            new[] { ExecutionPhase.Running, ExecutionPhase.WaitingForApproval, ExecutionPhase.Paused, ExecutionPhase.Succeeded, ExecutionPhase.Failed, ExecutionPhase.Aborted, ExecutionPhase.Escalated },
            phase => Assert.True(phases.GetValueOrDefault(phase) >= 10, $"{phase}: {phases.GetValueOrDefault(phase)}"));
    }

    [Fact]
    public void The_status_of_the_largest_run_stays_under_its_bound()
    {
        var story = new Story([.. Enumerable.Range(0, Limits.Steps).Select(i => new RunbookStep { Name = $"s{i}".PadRight(Limits.Name, 'x'), Run = new string('c', 1200), Needs = [] })]);
        foreach (var step in story.Runbook.Steps)
        {
            story.Ends[step.Name] = attempt => Story.Success(step.Name, attempt) with
            {
                Message = new string('m', Limits.Message),
                Output = new StepText(new string('<', Limits.Output), true, "sha256:" + new string('0', 64), new Dictionary<string, string>()),
            };
        }

        story.Go();
        Assert.Equal(ExecutionPhase.Succeeded, story.Status.Phase);
        var audit = Limits.AuditEntries * Limits.AuditEntry;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(story.Status, ApiJson.Default.RunbookExecutionStatus).Length;
        Assert.InRange(bytes + audit, Limits.OutputsTogether, 256 * 1024);
    }
}
