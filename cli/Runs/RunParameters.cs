using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>Values given with <c>-p name=value</c>.</summary>
internal static class RunParameters
{
    /// <summary>Reads the values. A value may hold <c>=</c> and is never empty: no step takes an empty
    /// value, and old API servers refuse it.</summary>
    /// <exception cref="CliException">One is not of that form, or a name is given twice.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> texts) => Parse(texts, "-p", "parameter");

    /// <summary>Reads values given with another flag.</summary>
    /// <param name="texts">The values of the flag.</param>
    /// <param name="flag">The flag, such as <c>--label</c>.</param>
    /// <param name="what">What it gives, such as <c>label</c>.</param>
    /// <exception cref="CliException">One is not of that form, or a name is given twice.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> texts, string flag, string what)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CliException($"{flag} takes name=value, not '{text}'");
            }

            var (name, value) = (text[..equals], text[(equals + 1)..]);
            if (value.Length == 0)
            {
                throw new CliException($"the {what} {name} is given without a value");
            }

            if (value.Length > Limits.Value)
            {
                throw new CliException($"the value of the {what} {name} is longer than {Limits.Value} characters");
            }

            if (!values.TryAdd(name, value))
            {
                throw new CliException($"the {what} {name} is given twice");
            }
        }

        return values;
    }

    /// <summary>Refuses what the runbook does not take, before anything is created. Whether a value is missing is for the operator to say: it may
    /// come from the incident.</summary>
    /// <exception cref="CliException">The runbook has no such parameter, or does not allow the value.</exception>
    public static void Check(RunbookSpec runbook, IReadOnlyDictionary<string, string> values)
    {
        var known = runbook.Parameters ?? [];
        foreach (var (name, value) in values)
        {
            if (known.Find(parameter => parameter.Name == name) is not { } parameter)
            {
                var list = known.Count == 0 ? "it takes none" : $"it takes {string.Join(", ", known.Select(item => item.Name))}";
                throw new CliException($"the runbook has no parameter {name}; {list}{Nearest.Hint(name, known.Select(item => item.Name))}");
            }

            if (parameter.Enum is { Count: > 0 } allowed && !allowed.Contains(value))
            {
                throw new CliException($"the parameter {name} must be one of {string.Join(", ", allowed)}, not '{value}'");
            }
        }
    }
}
