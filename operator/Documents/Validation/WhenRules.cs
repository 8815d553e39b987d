using System.Globalization;
using RunbookOperator.Api;
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
            StepOrder.Check(context, place, step, $"{path}.step");
            StepOrder.CheckWaits(context, place, step, $"{path}.step");
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
