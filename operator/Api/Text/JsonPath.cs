using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>
/// The part of kubectl's JSONPath that takes values out of objects: <c>{.items[0].metadata.name}</c>, <c>['a name']</c>, <c>[-1]</c>, <c>[*]</c>
/// and <c>[?(@.type=="Ready")]</c>; braces and <c>$</c> may be left out. No recursion, slices, unions or functions: the time is bounded by
/// path and text. See https://kubernetes.io/docs/reference/kubectl/jsonpath/.
/// </summary>
public sealed class JsonPath
{
    private readonly IReadOnlyList<Func<JsonNode?, IEnumerable<JsonNode?>>> _parts;

    internal JsonPath(IReadOnlyList<Func<JsonNode?, IEnumerable<JsonNode?>>> parts) => _parts = parts;

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The path, or null.</param>
    /// <param name="error">What is wrong with it, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        (path, error) = new JsonPathReader(text).Read();
        return path is not null;
    }

    /// <summary>The values that the path leads to, separated by spaces as kubectl does; null if there is none. Texts as they are, the rest as
    /// JSON.</summary>
    public string? Find(JsonNode? json)
    {
        IEnumerable<JsonNode?> found = [json];
        foreach (var part in _parts)
        {
            found = found.SelectMany(part);
        }

        var values = found.Where(node => node is not null).Select(Text).ToList();
        return values.Count == 0 ? null : string.Join(' ', values);
    }

    internal static string Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString() ?? "";
}
