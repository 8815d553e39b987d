using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>What has to be over before a step begins. Pure.</summary>
internal static class Needs
{
    /// <summary>The names of the steps that <paramref name="step"/> needs: those it names, else the step before.</summary>
    public static IReadOnlyList<string> Of(RunbookSpec runbook, RunbookStep step)
    {
        if (step.Needs is { } needs)
        {
            return needs;
        }

        var index = runbook.Steps.FindIndex(other => other.Name == step.Name);
        return index > 0 ? [runbook.Steps[index - 1].Name] : [];
    }

    /// <summary>Whether the step that is so lets those that need it begin.</summary>
    public static bool IsMetBy(RunbookStep? needed, StepStatus? status) => status?.State switch
    {
        StepState.Succeeded or StepState.Skipped => true,

        // Any other failure ends the run, so nobody asks.
        StepState.Failed => needed?.OnFailure == OnFailure.Continue,
        _ => false,
    };
}
