using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What a step has from its runbook.</summary>
public static class RunbookSurroundings
{
    /// <summary>The step with the environment and the image that its command runs in: its own come before the runbook's. What is no command
    /// has neither.</summary>
    public static RunbookStep WithSurroundings(this RunbookSpec runbook, RunbookStep step)
    {
        if (step.Run is null || (runbook.Env is null && runbook.Image is null))
        {
            return step;
        }

        var own = (step.Env ?? []).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        List<EnvironmentVariable> all = [.. (runbook.Env ?? []).Where(variable => !own.Contains(variable.Name)), .. step.Env ?? []];
        return step with { Env = all.Count == 0 ? null : all, Image = step.Image ?? runbook.Image };
    }
}
