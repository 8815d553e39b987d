namespace RunbookOperator.Api;

/// <summary>The variables that a runbook may use.</summary>
public static class RunbookVariableNames
{
    /// <summary>Names of its parameters and of the outputs of its steps.</summary>
    public static IReadOnlyList<string> Variables(this RunbookSpec spec) =>
        [.. (spec.Parameters ?? []).Select(parameter => parameter.Name).Concat(spec.Steps.SelectMany(step => step.Outputs ?? []).Select(output => output.Name))];
}
