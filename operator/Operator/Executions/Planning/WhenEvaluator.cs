using System.Globalization;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Whether the conditions of a step hold.</summary>
internal static class WhenEvaluator
{
    /// <summary>The first condition that does not hold, as a sentence, or null if all do.</summary>
    public static string? FirstThatFails(
        IReadOnlyList<WhenExpression>? conditions, IReadOnlyDictionary<string, string> variables, IReadOnlyList<StepStatus> steps)
    {
        foreach (var condition in conditions ?? [])
        {
            if (!Holds(condition, variables, steps))
            {
                return Describe(condition, variables, steps);
            }
        }

        return null;
    }

    private static bool Holds(WhenExpression expression, IReadOnlyDictionary<string, string> variables, IReadOnlyList<StepStatus> steps) =>
        expression.Any is { } any ? any.Exists(condition => IsMet(condition, variables, steps)) : IsMet(expression, variables, steps);

    private static bool IsMet(WhenComparison condition, IReadOnlyDictionary<string, string> variables, IReadOnlyList<StepStatus> steps)
    {
        if (condition.Step is { } step)
        {
            var state = steps.FirstOrDefault(status => status.Name == step)?.State;
            return condition.Operator switch
            {
                WhenOperator.Succeeded => state == StepState.Succeeded,
                WhenOperator.Failed => state == StepState.Failed,
                WhenOperator.Skipped => state == StepState.Skipped,
                _ => false,
            };
        }

        var value = condition.Variable is { } name && variables.TryGetValue(name, out var found) ? found : null;
        var values = condition.Values ?? [];
        return condition.Operator switch
        {
            WhenOperator.Exists => value is not null,
            WhenOperator.DoesNotExist => value is null,
            WhenOperator.In => value is not null && values.Contains(value),
            WhenOperator.NotIn => value is null || !values.Contains(value),
            WhenOperator.GreaterThan => Compare(value, values) > 0,
            WhenOperator.LessThan => Compare(value, values) < 0,
            WhenOperator.Matches => value is not null && values.Count == 1
                && Re2.TryCompile(values[0], Re2Scope.WholeValue, out var regex, out _) && regex!.IsMatch(value),
            _ => false,
        };
    }

    // Zero for what is no number: neither GreaterThan nor LessThan holds then.
    private static int Compare(string? value, List<string> values) =>
        values.Count == 1 && Number(value) is { } left && Number(values[0]) is { } right ? left.CompareTo(right) : 0;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Describe(WhenExpression expression, IReadOnlyDictionary<string, string> variables, IReadOnlyList<StepStatus> steps) =>
        expression.Any is { } any ? string.Join("; ", any.Select(condition => Describe(condition, variables, steps))) : Describe((WhenComparison)expression, variables, steps);

    private static string Describe(WhenComparison condition, IReadOnlyDictionary<string, string> variables, IReadOnlyList<StepStatus> steps)
    {
        var values = condition.Values is { Count: > 0 } list ? " " + string.Join(", ", list) : "";
        if (condition.Step is { } step)
        {
            return $"step {step} is {steps.FirstOrDefault(status => status.Name == step)?.State ?? StepState.Pending}, not {condition.Operator}";
        }

        var value = condition.Variable is { } name && variables.TryGetValue(name, out var found) ? found : "not set";
        return $"{condition.Variable} is {value}; wanted {condition.Operator}{values}";
    }
}
