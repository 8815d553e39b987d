using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Inputs of an action against its declaration. A value that holds <c>${name}</c> is judged when the run has filled it in.</summary>
internal static class InputRules
{
    public static void Check(ValidationContext context, ActionDeclaration action, JsonObject with, string path)
    {
        foreach (var (name, value) in with)
        {
            if (action.Inputs.FirstOrDefault(input => input.Name == name) is { } input)
            {
                CheckValue(context, action, input, value, $"{path}.with.{name}");
            }
            else
            {
                var names = action.Inputs.Select(known => known.Name);
                context.ErrorAtKey(RuleIds.Input, $"{path}.with.{name}", $"{action.Name} has no input {ProblemList.Quote(name)}{Suggestion.For(name, names)}");
            }
        }

        foreach (var missing in action.Inputs.Where(input => input.Required && !with.ContainsKey(input.Name)))
        {
            var at = with.Count > 0 ? $"{path}.with" : $"{path}.uses";
            context.ErrorAtKey(RuleIds.Input, at, $"{action.Name} needs the input {missing.Name}: {missing.Description}");
        }
    }

    private static void CheckValue(ValidationContext context, ActionDeclaration action, ActionInput input, JsonNode? value, string path)
    {
        var text = value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : null;
        if (text is not null && Variables.NamesIn(text).Any())
        {
            return;
        }

        var (wanted, fits) = input.Type switch
        {
            ActionInputType.Number => ("a whole number", IsWhole(value, text)),
            ActionInputType.Flag => ("true or false", value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False || text is "true" or "false"),
            ActionInputType.Object => ("an object", value is JsonObject),
            ActionInputType.Objects => ("a list of objects", value is JsonArray objects && objects.All(item => item is JsonObject)),
            ActionInputType.List => ("a list of texts", value is JsonArray items && items.All(item => item?.GetValueKind() == JsonValueKind.String)),
            ActionInputType.Duration => ("a duration such as 30s", Duration.TryParse(text, out _)),
            _ => ("text; write it in quotes", text is not null),
        };
        if (!fits)
        {
            context.Error(RuleIds.Input, path, $"the input {input.Name} of {action.Name} must be {wanted}");
        }
        else if (input.Values is { Count: > 0 } values && text is not null && !values.Contains(text))
        {
            context.Error(RuleIds.Input, path,
                $"the input {input.Name} of {action.Name} is {ProblemList.Quote(text!)}; it must be one of {string.Join(", ", values)}{Suggestion.For(text!, values)}");
        }
    }

    private static bool IsWhole(JsonNode? value, string? text) =>
        text is null ? value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && long.TryParse(number.ToJsonString(), out _) : long.TryParse(text, out _);
}
