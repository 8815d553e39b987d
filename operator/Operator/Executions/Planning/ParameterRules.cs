using RunbookOperator.Api;
using RunbookOperator.Documents;

namespace RunbookOperator.Executions;

/// <summary>Where the values of parameters come from, and which are allowed.</summary>
public static class ParameterRules
{
    /// <summary>Values that an alert gives.</summary>
    public static Dictionary<string, string> FromAlert(IReadOnlyList<RunbookParameter>? parameters, IncidentAlert alert) =>
        AlertValues.Of(parameters, alert.Labels, alert.Annotations);

    /// <summary>The names of the required parameters that have no value.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<RunbookParameter>? parameters, IReadOnlyDictionary<string, string>? given) =>
        [.. (parameters ?? []).Where(parameter => parameter.Required == true && string.IsNullOrEmpty(given?.GetValueOrDefault(parameter.Name) ?? parameter.Default))
            .Select(parameter => parameter.Name)];

    /// <summary>The values a run starts with: those given, then defaults.</summary>
    /// <param name="parameters">The runbook's parameters.</param>
    /// <param name="given">Values given by the alert or the person.</param>
    /// <param name="problem">The first value that is missing or not allowed, as a sentence; null if all are well.</param>
    public static Dictionary<string, string> Resolve(
        IReadOnlyList<RunbookParameter>? parameters, IReadOnlyDictionary<string, string>? given, out string? problem)
    {
        problem = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters ?? [])
        {
            var value = given?.GetValueOrDefault(parameter.Name) ?? parameter.Default;
            if (string.IsNullOrEmpty(value))
            {
                problem ??= parameter.Required == true ? $"the parameter {parameter.Name} has no value" : null;
                continue;
            }

            problem ??= Problem(parameter, value);
            values[parameter.Name] = value;
        }

        problem ??= given?.Keys.FirstOrDefault(name => parameters?.Any(parameter => parameter.Name == name) != true) is { } unknown
            ? $"the runbook has no parameter {unknown}"
            : null;
        return values;
    }

    private static string? Problem(RunbookParameter parameter, string value)
    {
        if (value.Length > Limits.Value || value.Any(char.IsControl))
        {
            return $"the value of the parameter {parameter.Name} is too long or holds control characters";
        }

        if (parameter.Enum is { Count: > 0 } values && !values.Contains(value))
        {
            return $"the parameter {parameter.Name} must be one of {string.Join(", ", values)}";
        }

        if (parameter.Pattern is not { } pattern)
        {
            return null;
        }

        return Re2.TryCompile(pattern, Re2Scope.WholeValue, out var regex, out var error)
            ? regex!.IsMatch(value) ? null : $"the value of the parameter {parameter.Name} does not match {pattern}"
            : $"the pattern of the parameter {parameter.Name} cannot be used: {error}";
    }
}
