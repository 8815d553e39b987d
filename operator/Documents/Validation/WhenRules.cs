using System.Globalization;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Conditions look at what is known when their step starts, and compare what can be compared.</summary>
internal static class WhenRules
{
    public static void Check(ValidationContext context, StepPlace place)
    {
        for (var i = 0; i < (place.Step.When?.Count ?? 0); i++)
        {
            var (when, path) = (place.Step.When![i], $"{place.Path}.when[{i}]");
            if (when.Step is { } step)
            {
                CheckStep(context, place, step, $"{path}.step");
            }
            else if (when.Variable is { } variable)
            {
                context.CheckVariable(variable, place, $"{path}.variable");
            }

            var isForSteps = when.Operator is WhenOperator.Succeeded or WhenOperator.Failed or WhenOperator.Skipped;
            if (isForSteps != when.Step is not null)
            {
                context.Error(RuleIds.WhenValues, $"{path}.operator", $"{when.Operator} is for {(isForSteps ? "steps, not for variables" : "variables, not for steps")}");
            }
            else
            {
                CheckValues(context, when, path);
            }
        }
    }

    private static void CheckStep(ValidationContext context, StepPlace place, string name, string path)
    {
        if (context.Steps.Take(place.Index).Any(earlier => earlier.Step.Name == name))
        {
            return;
        }

        if (context.Steps.Any(any => any.Step.Name == name))
        {
            context.Error(RuleIds.WhenStep, path, $"the step \"{name}\" does not come before \"{place.Step.Name}\"");
        }
        else
        {
            var earlier = context.Steps.Take(place.Index).Select(any => any.Step.Name);
            context.Error(RuleIds.WhenStep, path, $"there is no step {ProblemList.Quote(name)} before \"{place.Step.Name}\"{Suggestion.For(name, earlier)}");
        }
    }

    private static void CheckValues(ValidationContext context, WhenExpression when, string path)
    {
        var values = when.Values ?? [];
        var (wanted, fits) = when.Operator switch
        {
            WhenOperator.In or WhenOperator.NotIn => ("at least one value", values.Count > 0),
            WhenOperator.GreaterThan or WhenOperator.LessThan => ("exactly one value, a number", values.Count == 1 && IsNumber(values[0])),
            WhenOperator.Matches => ("exactly one value, an expression", values.Count == 1),
            _ => ("no values", values.Count == 0),
        };
        if (!fits)
        {
            context.Error(RuleIds.WhenValues, when.Values is null ? $"{path}.operator" : $"{path}.values", $"{when.Operator} takes {wanted}");
        }
        else if (when.Operator == WhenOperator.Matches && !Re2.TryCompile(values[0], Re2Scope.WholeValue, out _, out var error))
        {
            context.Error(RuleIds.Expression, $"{path}.values[0]", $"{ProblemList.Quote(values[0])}: {error}");
        }
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
