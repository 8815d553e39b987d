using System.Text.Json.Nodes;
using RunbookOperator.Generator;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>One object that tests a bound of a schema.</summary>
/// <param name="Place">Kind, field and bound.</param>
/// <param name="AtLimit">An object at the bound.</param>
/// <param name="Over">The same, one beyond.</param>
internal sealed record BoundSample(string Place, JsonObject AtLimit, JsonObject Over);

/// <summary>Makes objects from the schemas themselves: with the required fields, and one field at its bound.</summary>
internal static class SchemaSamples
{
    // What the patterns of required fields, and of lists, take.
    private static readonly string[] Texts =
    [
        "a", "1h", "https://a", "a/b", "0 0 * * 1", "1d", "2027-01-31", "a@sha256:" + new string('0', 64), new string('0', 40), "A",
    ];

    /// <summary>Every bound inside the spec of every kind: lengths of texts without a pattern, entries of lists and maps, numbers.</summary>
    public static IEnumerable<BoundSample> All()
    {
        var documentation = new XmlDocumentation();
        foreach (var kind in CrdFiles.Kinds)
        {
            // Parsed anew, so that a number is a number whatever type it was made from.
            var definition = JsonNode.Parse(new CrdBuilder(documentation, Dialect.Legacy).Build(kind).ToJsonString())!;
            var spec = (JsonObject)definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!;
            foreach (var (path, at, over) in Bounds("spec", spec))
            {
                yield return new BoundSample($"{kind.Name}.{path}", Wrap(kind.Name, at), Wrap(kind.Name, over));
            }
        }
    }

    /// <summary>An object with the required fields alone.</summary>
    public static JsonNode Minimal(JsonObject schema, int number = 0) => (string?)schema["type"] switch
    {
        "object" => new JsonObject(((schema["required"] as JsonArray ?? []).Select(name => (string)name!)
            .Select(name => KeyValuePair.Create(name, (JsonNode?)Minimal((JsonObject)schema["properties"]![name]!, number))))),
        "array" => new JsonArray([.. Enumerable.Range(0, (int?)schema["minItems"] ?? 0).Select(i => Minimal((JsonObject)schema["items"]!, i))]),
        "integer" => (int?)schema["minimum"] ?? 1,
        "boolean" => true,
        _ when schema["enum"] is JsonArray values => values[0]!.DeepClone(),
        _ when (string?)schema["format"] == "date-time" => "2027-01-31T00:00:00Z",
        _ => Text(schema, number),
    };

    private static IEnumerable<(string Path, JsonNode At, JsonNode Over)> Bounds(string path, JsonObject schema)
    {
        foreach (var own in Own(path, schema))
        {
            yield return own;
        }

        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            foreach (var (inner, at, over) in Bounds($"{path}.{name}", (JsonObject)field!))
            {
                yield return (inner, With(schema, name, at), With(schema, name, over));
            }
        }

        if (schema["items"] is JsonObject items)
        {
            foreach (var (inner, at, over) in Bounds($"{path}[]", items))
            {
                yield return (inner, new JsonArray(at), new JsonArray(over));
            }
        }
    }

    private static IEnumerable<(string Path, JsonNode At, JsonNode Over)> Own(string path, JsonObject schema)
    {
        var type = (string?)schema["type"];
        if (type == "string" && schema["maxLength"] is { } length && schema["pattern"] is null && schema["enum"] is null)
        {
            yield return ($"{path} maxLength", new string('a', (int)length), new string('a', (int)length + 1));
        }

        if (type == "array")
        {
            var most = (int)schema["maxItems"]!;
            if ((string?)schema["x-kubernetes-list-type"] != "set" || schema["items"]!["enum"] is null)
            {
                yield return ($"{path} maxItems", List(schema, most), List(schema, most + 1));
            }
        }

        if (type == "object" && schema["maxProperties"] is { } entries)
        {
            yield return ($"{path} maxProperties", Map(schema, (int)entries), Map(schema, (int)entries + 1));
        }

        if (type == "integer" && schema["maximum"] is { } maximum)
        {
            yield return ($"{path} maximum", (long)maximum, (long)maximum + 1);
            yield return ($"{path} minimum", (long)schema["minimum"]!, (long)schema["minimum"]! - 1);
        }
    }

    private static JsonArray List(JsonObject schema, int count)
    {
        var key = (string?)schema["x-kubernetes-list-map-keys"]?[0];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var item = Minimal((JsonObject)schema["items"]!, i);
            if (key is not null)
            {
                item[key] = $"a{i}";
            }

            return item;
        })];
    }

    private static JsonObject Map(JsonObject schema, int count) => new(Enumerable.Range(0, count)
        .Select(i => KeyValuePair.Create($"a{i}", (JsonNode?)(schema["additionalProperties"] is JsonObject value ? Minimal(value) : "x"))));

    private static JsonObject With(JsonObject schema, string name, JsonNode value)
    {
        var result = (JsonObject)Minimal(schema);
        result[name] = value.DeepClone();
        return result;
    }

    // Numbered texts differ, as the entries of a set must.
    private static string Text(JsonObject schema, int number)
    {
        var pattern = (string?)schema["pattern"];
        var candidates = Texts.Concat([$"a{number}", $"{number}", $"a{number}@sha256:{new string('0', 64)}"]).Reverse();
        var longest = (int?)schema["maxLength"] ?? int.MaxValue;
        return candidates.First(text => text.Length <= longest && text.Length >= ((int?)schema["minLength"] ?? 0) && (pattern is null || System.Text.RegularExpressions.Regex.IsMatch(text, pattern, System.Text.RegularExpressions.RegexOptions.NonBacktracking)));
    }

    private static JsonObject Wrap(string kind, JsonNode spec) => new()
    {
        ["apiVersion"] = "runbooks.dev/v1alpha1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = "sample" },
        ["spec"] = spec.DeepClone(),
    };
}
