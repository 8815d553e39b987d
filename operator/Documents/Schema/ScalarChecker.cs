using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Schema;

/// <summary>Holds a single value against its schema.</summary>
internal static partial class ScalarChecker
{
    private const string DurationForm = "it must be a duration such as 30s, 15m or 1h30m";

    public static JsonNode? Check(YamlScalar scalar, ValueSchema schema, string path, ProblemList problems)
    {
        var at = scalar.Start.Position;
        var type = YamlValue.TypeOf(scalar);
        switch (schema)
        {
            case FlagSchema when type == YamlType.Flag:
            case NumberSchema range when type == YamlType.Number && IsWhole(scalar, range, path, problems):
                return YamlValue.ToJson(scalar);
            case NumberSchema when type == YamlType.Number:
                return null;
            case FlagSchema:
                problems.Error(RuleIds.Type, at, $"{path} must be true or false, not {Shown(scalar)}");
                return null;
            case NumberSchema:
                problems.Error(RuleIds.Type, at, $"{path} must be a whole number, not {Shown(scalar)}");
                return null;
            case EnumSchema { Values: var values } when type != YamlType.Text:
                problems.Error(RuleIds.Values, at, $"{path} is {scalar.Text}; it must be one of {string.Join(", ", values)}");
                return null;
            case DurationSchema when type != YamlType.Text:
                problems.Error(RuleIds.Bounds, at, $"{path} is {scalar.Text}; {DurationForm}");
                return null;
        }

        if (type != YamlType.Text)
        {
            var read = type == YamlType.Flag ? "true or false" : "a number";
            problems.Error(RuleIds.Type, at, $"{path} must be text, and {scalar.Text} is read as {read}; write '{scalar.Text}' in quotes");
            return null;
        }

        return IsText(scalar.Text, schema, path, at, problems) ? JsonValue.Create(scalar.Text) : null;
    }

    private static string Shown(YamlScalar scalar) => scalar.Style == YamlStyle.Plain ? scalar.Text : $"the text {ProblemList.Quote(scalar.Text)}; remove the quotes";

    private static bool IsWhole(YamlScalar scalar, NumberSchema range, string path, ProblemList problems)
    {
        if (!YamlValue.ToJson(scalar)!.AsValue().TryGetValue<long>(out var number))
        {
            problems.Error(RuleIds.Type, scalar.Start.Position, $"{path} must be a whole number, not {scalar.Text}");
            return false;
        }

        if (number < range.Minimum || number > range.Maximum)
        {
            problems.Error(RuleIds.Bounds, scalar.Start.Position, $"{path} is {number}; it must be from {range.Minimum} to {range.Maximum}");
            return false;
        }

        return true;
    }

    private static bool IsText(string text, ValueSchema schema, string path, DocumentPosition at, ProblemList problems)
    {
        switch (schema)
        {
            case TextSchema { Bounds: { } bounds }:
                return TextBounds.Check(text, bounds, path, at, problems);
            case EnumSchema { Values: var values } when !values.Contains(text):
                problems.Error(RuleIds.Values, at, $"{path} is {ProblemList.Quote(text)}; it must be one of {string.Join(", ", values)}{Suggestion.For(text, values)}");
                return false;
            case DurationSchema when !Duration.TryParse(text, out _):
                problems.Error(RuleIds.Bounds, at, $"{path} is {ProblemList.Quote(text)}; {DurationForm}");
                return false;
            case TimeSchema when !Timestamp().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _):
                problems.Error(RuleIds.Bounds, at, $"{path} is {ProblemList.Quote(text)}; it must be a time such as 2027-01-31T09:30:00Z");
                return false;
            default:
                return true;
        }
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Timestamp();
}
