using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Outputs: names and expressions.</summary>
internal static class OutputRules
{
    public static void Check(ValidationContext context, StepPlace place)
    {
        for (var i = 0; i < (place.Step.Outputs?.Count ?? 0); i++)
        {
            var (output, path) = (place.Step.Outputs![i], $"{place.Path}.outputs[{i}]");
            if (!Variables.IsName(output.Name))
            {
                context.Error(RuleIds.Bounds, $"{path}.name", $"a variable cannot be called {ProblemList.Quote(output.Name)}: programs read it as the address of a proxy");
            }
            else if (context.Spec.Parameters?.Exists(parameter => parameter.Name == output.Name) == true)
            {
                context.Error(RuleIds.DuplicateName, $"{path}.name", $"{output.Name} is already the name of a parameter");
            }

            if (output.Regex is { } regex && !Re2.TryCompile(regex, Re2Scope.Search, out _, out var error))
            {
                context.Error(RuleIds.Expression, $"{path}.regex", $"{ProblemList.Quote(regex)}: {error}");
            }

            if (output.JsonPath is { } json && !JsonPath.TryParse(json, out _, out var wrong))
            {
                context.Error(RuleIds.Expression, $"{path}.jsonPath", $"{ProblemList.Quote(json)}: {wrong}");
            }
        }
    }
}
