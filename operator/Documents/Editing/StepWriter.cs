using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Editing;

/// <summary>Writes a step as people write it: a field on a line, short lists and mappings in brackets, text of many lines as a block.</summary>
internal static class StepWriter
{
    private const int LongestLine = 120;

    public static JsonObject ToJson(RunbookStep step) => JsonSerializer.SerializeToNode(step, ApiJson.Default.RunbookStep)!.AsObject();

    /// <summary>The lines of the mapping, without indentation of their own.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isIndented">Whether dashes stand deeper than the key of their list.</param>
    public static IEnumerable<string> Block(JsonObject step, bool isIndented) => step.SelectMany(member => Field(member.Key, member.Value, isIndented));

    /// <summary>The step on one line.</summary>
    public static string Flow(JsonNode? node) => node switch
    {
        JsonObject mapping => $"{{{string.Join(", ", mapping.Select(member => $"{ScalarWriter.Write(member.Key)}: {Flow(member.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flow))}]",
        JsonValue value => ScalarWriter.Write(value),
        _ => "null",
    };

    private static IEnumerable<string> Field(string name, JsonNode? value, bool isIndented)
    {
        var key = ScalarWriter.Write(name);
        if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && BlockText(text.GetValue<string>()) is { } lines)
        {
            return lines.Select((line, i) => i == 0 ? $"{key}: {line}" : line.Length == 0 ? line : "  " + line);
        }

        var flow = $"{key}: {Flow(value)}";
        return (value, flow.Length <= LongestLine) switch
        {
            (JsonObject { Count: > 0 } mapping, false) =>
                [$"{key}:", .. mapping.SelectMany(member => Field(member.Key, member.Value, isIndented)).Select(line => line.Length == 0 ? line : "  " + line)],
            (JsonArray { Count: > 0 } list, false) => [$"{key}:", .. list.Select(item => (isIndented ? "  - " : "- ") + Flow(item))],
            _ => [flow],
        };
    }

    /// <summary>Text of many lines as a literal block; null where a block would lose something.</summary>
    private static string[]? BlockText(string text)
    {
        var body = text.EndsWith('\n') ? text[..^1] : text;
        var lines = body.Split('\n');
        var isLossless = body.Length > 0 && body.Contains('\n', StringComparison.Ordinal) && !body.EndsWith('\n') && lines[0].Length > 0
            && lines[0][0] != ' ' && !Array.Exists(lines, line => line.EndsWith(' ') || line.Contains('\t', StringComparison.Ordinal))
            && Yaml.YamlSource.FindForbidden(text) is null;
        return isLossless ? [text.EndsWith('\n') ? "|" : "|-", .. lines] : null;
    }
}
