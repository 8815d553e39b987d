using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>A path to a field: names joined by dots, <c>['a.b']</c> for names with dots, <c>[0]</c> for one item, <c>[*]</c> for all.</summary>
/// <param name="Text">The path as written.</param>
/// <param name="Parts">Names; items as their number; <c>*</c> for all items.</param>
internal sealed record FieldPath(string Text, IReadOnlyList<string> Parts)
{
    /// <summary>The most paths at once.</summary>
    public const int Maximum = 10;

    /// <summary>Reads paths joined by commas.</summary>
    /// <exception cref="ActionException">One is none, or there are too many.</exception>
    public static IReadOnlyList<FieldPath> ParseAll(string text)
    {
        var paths = text.Split(',', StringSplitOptions.TrimEntries).Select(Parse).ToList();
        return paths.Count <= Maximum ? paths : throw new ActionException($"at most {Maximum} fields can be shown");
    }

    /// <summary>The value as text: items joined by commas, objects as JSON; null if there is none.</summary>
    public string? Read(JsonNode value)
    {
        IEnumerable<JsonNode?> nodes = [value];
        foreach (var part in Parts)
        {
            nodes = nodes.SelectMany(node => Step(node, part));
        }

        var texts = nodes.OfType<JsonNode>().Select(Show).ToList();
        return texts.Count == 0 ? null : string.Join(',', texts);
    }

    private static IEnumerable<JsonNode?> Step(JsonNode? node, string part) => node switch
    {
        JsonArray items when part == "*" => items,
        JsonArray items => items.Where((_, index) => index.ToString() == part),
        JsonObject members => members.Where(member => member.Key == part).Select(member => member.Value),
        _ => [],
    };

    private static string Show(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(Showable.Indented).ReplaceLineEndings(" ");

    private static FieldPath Parse(string text)
    {
        var parts = new List<string>();
        var rest = text.AsSpan().TrimStart('.');
        while (rest.Length > 0)
        {
            var length = rest[0] == '[' ? Bracket(rest, parts) : Name(rest, parts);
            if (length == 0)
            {
                throw new ActionException($"{Variables.Clean(text, Limits.Label)} is no field path such as spec.containers[0].image");
            }

            rest = rest[length..];
            rest = rest.Length > 1 && rest[0] == '.' ? rest[1..] : rest;
        }

        return parts.Count > 0 ? new FieldPath(text, parts) : throw new ActionException("a field path is empty");
    }

    private static int Bracket(ReadOnlySpan<char> text, List<string> parts)
    {
        var end = text.IndexOf(']');
        if (end < 2)
        {
            return 0;
        }

        var inside = text[1..end];
        var name = inside.Length > 2 && inside[0] == '\'' && inside[^1] == '\'' ? inside[1..^1] : default;
        if (name.IsEmpty && inside is not "*" && inside.ContainsAnyExceptInRange('0', '9'))
        {
            return 0;
        }

        parts.Add((name.IsEmpty ? inside : name).ToString());
        return end + 1;
    }

    private static int Name(ReadOnlySpan<char> text, List<string> parts)
    {
        var length = text.IndexOfAny('.', '[', ']');
        length = length < 0 ? text.Length : length;
        if (length > 0)
        {
            parts.Add(text[..length].ToString());
        }

        return length;
    }
}
