using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Parameters: names, expressions, defaults.</summary>
internal static class ParameterRules
{
    public static void Check(ValidationContext context)
    {
        var hasCommands = context.Spec.Steps.Exists(step => step.Run is not null);
        for (var i = 0; i < (context.Spec.Parameters?.Count ?? 0); i++)
        {
            var parameter = context.Spec.Parameters![i];
            var path = $"spec.parameters[{i}]";
            if (!Variables.IsName(parameter.Name))
            {
                context.Error(RuleIds.Bounds, $"{path}.name", $"a variable cannot be called {ProblemList.Quote(parameter.Name)}: programs read it as the address of a proxy");
            }

            CheckPattern(context, parameter, path);
            if (parameter is { Default: { } value, Enum: { } allowed } && !allowed.Contains(value))
            {
                context.Error(RuleIds.ParameterDefault, $"{path}.default", $"the default {ProblemList.Quote(value)} is none of the values in enum");
            }

            if (hasCommands && parameter.Default is { Length: > 0 } text && !Variables.IsSafeForRun(text))
            {
                context.Warning(RuleIds.ParameterDefault, $"{path}.default",
                    $"the default {ProblemList.Quote(text)} cannot enter a command: letters, digits and ._:/@%+,- can, without .. and no - at the start");
            }
        }
    }

    private static void CheckPattern(ValidationContext context, RunbookParameter parameter, string path)
    {
        if (parameter.Pattern is not { } pattern)
        {
            return;
        }

        if (!Re2.TryCompile(pattern, Re2Scope.WholeValue, out var regex, out var error))
        {
            context.Error(RuleIds.Expression, $"{path}.pattern", $"{ProblemList.Quote(pattern)}: {error}");
        }
        else if (parameter.Default is { } value && !regex.IsMatch(value))
        {
            context.Error(RuleIds.ParameterDefault, $"{path}.default", $"the default {ProblemList.Quote(value)} does not match the pattern {ProblemList.Quote(pattern)}");
        }
    }
}
