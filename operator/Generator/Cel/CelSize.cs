using System.Text.Json.Nodes;

namespace RunbookOperator.Generator.Cel;

/// <summary>How large a value may be, by its schema: what a Kubernetes API server assumes, or more.</summary>
internal static class CelSize
{
    // maxLength counts code points, and servers bytes.
    private const int BytesOfCharacter = 4;
    private const int TimeLength = 35;

    /// <summary>Characters of a text as bytes, entries of a list or map, everything in an object; 1 for the rest.</summary>
    public static double Of(JsonObject schema) => (string?)schema["type"] switch
    {
        "string" when schema["maxLength"] is { } length => (int)length * BytesOfCharacter,
        "string" when schema["enum"] is JsonArray values => values.Max(value => ((string)value!).Length),
        "string" when (string?)schema["format"] == "date-time" => TimeLength,
        "array" => Bound(schema, "maxItems"),
        "object" when schema["additionalProperties"] is not null => Bound(schema, "maxProperties"),
        "object" => Fields(schema).Sum(Of) + 1,
        "integer" or "boolean" => 1,
        _ => throw new NotSupportedException($"a value of unknown size: {schema["type"]}"),
    };

    /// <summary>The cost of comparing two such values: every text in them is read once.</summary>
    public static double Traversal(JsonObject schema) => (string?)schema["type"] switch
    {
        "array" => 1 + (Of(schema) * Traversal((JsonObject)schema["items"]!)),
        "object" when schema["additionalProperties"] is JsonObject values => 1 + (Of(schema) * (1 + Traversal(values))),
        "object" => 1 + Fields(schema).Sum(Traversal),
        _ => 1 + Math.Ceiling(Of(schema) * CelCost.StringTraversal),
    };

    private static IEnumerable<JsonObject> Fields(JsonObject schema) => (schema["properties"] as JsonObject ?? []).Select(field => (JsonObject)field.Value!);

    private static double Bound(JsonObject schema, string name) =>
        (int?)schema[name] ?? throw new NotSupportedException($"a rule looks at a list or map without {name}");
}
