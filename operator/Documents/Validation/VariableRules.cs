using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>Every <c>${name}</c> has a value when its step starts.</summary>
internal static class VariableRules
{
    /// <summary>Whether the inputs of the step's own action name known variables only.</summary>
    public static bool Check(ValidationContext context, StepPlace place)
    {
        var errors = context.Problems.Errors;
        CheckNode(context, place, place.Step.With, $"{place.Path}.with");
        var isSound = context.Problems.Errors == errors;
        CheckNode(context, place, place.Step.Verify?.With, $"{place.Path}.verify.with");
        CheckText(context, place, place.Step.Confirm, $"{place.Path}.confirm");

        // Words for a person may show any shell text: only what reads as a variable is looked at.
        CheckNames(context, place, place.Step.Manual, $"{place.Path}.manual");
        return isSound;
    }

    private static void CheckNode(ValidationContext context, StepPlace place, JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    CheckNode(context, place, member, $"{path}.{name}");
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    CheckNode(context, place, items[i], $"{path}[{i}]");
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                CheckText(context, place, value.GetValue<string>(), path);
                break;
        }
    }

    private static void CheckText(ValidationContext context, StepPlace place, string? text, string path)
    {
        CheckNames(context, place, text, path);
        for (var start = Next(text, 0); start >= 0; start = Next(text, start + 2))
        {
            var end = text!.IndexOf('}', start);
            if (end < 0)
            {
                context.Warning(RuleIds.Variable, path, "${ without } is left as it stands");
                return;
            }

            if (text[(start + 2)..end] is var name && !Variables.IsName(name))
            {
                context.Warning(RuleIds.Variable, path, $"{ProblemList.Quote(text[start..(end + 1)])} is no variable and left as it stands: names are lower case letters, digits and _");
            }
        }
    }

    private static void CheckNames(ValidationContext context, StepPlace place, string? text, string path)
    {
        foreach (var name in text is null ? [] : Variables.NamesIn(text).Distinct(StringComparer.Ordinal))
        {
            context.CheckVariable(name, place, path);
        }
    }

    private static int Next(string? text, int from) => text?.IndexOf("${", from, StringComparison.Ordinal) ?? -1;
}
