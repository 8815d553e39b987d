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
            Check(context, place, when, path);
            for (var j = 0; j < (when.Any?.Count ?? 0); j++)
            {
                Check(context, place, when.Any![j], $"{path}.any[{j}]");
            }
        }
    }

    private static void Check(ValidationContext context, StepPlace place, WhenComparison when, string path)
    {
        if (when.Step is { } step)
        {
            CheckStep(context, place, step, $"{path}.step");
        }
        else if (when.Variable is { } variable)
        {
            context.CheckVariable(variable, place, $"{path}.variable");
        }

        if (when.Values is [var value])
        {
            CheckValue(context, when.Operator, value, $"{path}.values[0]");
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

    private static void CheckValue(ValidationContext context, WhenOperator? with, string value, string path)
    {
        if (with is WhenOperator.GreaterThan or WhenOperator.LessThan && !IsNumber(value))
        {
            context.Error(RuleIds.WhenValues, path, $"{with} compares numbers, and {ProblemList.Quote(value)} is none");
        }
        else if (with == WhenOperator.Matches && !Re2.TryCompile(value, Re2Scope.WholeValue, out _, out var error))
        {
            context.Error(RuleIds.Expression, path, $"{ProblemList.Quote(value)}: {error}");
        }
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
