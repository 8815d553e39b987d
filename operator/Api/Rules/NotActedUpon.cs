using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>A field of the schema that this version does not act upon.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Path">The field, such as <c>spec.steps[].needs</c>.</param>
public sealed record IdleField(string Kind, string Path)
{
    /// <summary>The values that are not acted upon; empty for all of them.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The value that says what happens anyway, as JSON; null if there is none. The API server may have filled it in.</summary>
    public string? Harmless { get; init; }
}

/// <summary>A use of such a field.</summary>
/// <param name="Path">Where it stands, such as <c>spec.steps[2].needs</c>.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">The value, where others are acted upon; else null.</param>
public sealed record IdleUse(string Path, IdleField Field, string? Value)
{
    /// <summary>What to do about it.</summary>
    public override string ToString() => Value is null
        ? $"{Path} is not acted upon by this version; remove it"
        : $"{Path}: {Value} is not acted upon by this version; give another value";
}

/// <summary>What the schema has and this version does not act upon. Whoever uses it is told so, and the object is not used: to ignore a field
/// would mislead whoever wrote it. Each entry goes when its field is acted upon.</summary>
public static partial class NotActedUpon
{
    private const int LongestList = 3;

    /// <summary>The uses of such fields in an object, in the order of the table.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="content">The object as JSON, with <c>spec</c>.</param>
    public static IReadOnlyList<IdleUse> In(string kind, JsonObject content) =>
        [.. All.Where(field => field.Kind == kind).SelectMany(field => Find(field, content, "", field.Path.Split('.')))];

    /// <summary>The uses of such fields in an object.</summary>
    public static IReadOnlyList<IdleUse> In(IKubernetesObject resource) =>
        In(resource.GetType().Name, (JsonObject)JsonSerializer.SerializeToNode(resource, ApiJson.Default.GetTypeInfo(resource.GetType())!)!);

    /// <summary>All <paramref name="uses"/> in one sentence or two, the first three by name.</summary>
    public static string Tell(IReadOnlyList<IdleUse> uses)
    {
        var more = uses.Count > LongestList ? $"; and {uses.Count - LongestList} more" : "";
        return string.Join("; ", uses.Take(LongestList)) + more;
    }

    private static IEnumerable<IdleUse> Find(IdleField field, JsonNode? node, string path, ReadOnlySpan<string> rest)
    {
        if (rest.Length == 0)
        {
            return Use(field, node, path);
        }

        var isList = rest[0].EndsWith("[]", StringComparison.Ordinal);
        var name = isList ? rest[0][..^2] : rest[0];
        var (child, inner) = (path.Length == 0 ? name : $"{path}.{name}", rest[1..].ToArray());
        return (node as JsonObject)?[name] switch
        {
            null => [],
            JsonArray items when isList => items.SelectMany((item, i) => Find(field, item, $"{child}[{i}]", inner)),
            var value => isList ? [] : Find(field, value, child, inner),
        };
    }

    private static IEnumerable<IdleUse> Use(IdleField field, JsonNode? value, string path)
    {
        // What is false is asked for by nobody.
        if (value?.GetValueKind() is null or JsonValueKind.False || (field.Harmless is { } harmless && JsonNode.DeepEquals(value, JsonNode.Parse(harmless))))
        {
            return [];
        }

        var text = value.ToString();
        return field.Values.Count == 0 ? [new IdleUse(path, field, null)] : field.Values.Contains(text) ? [new IdleUse(path, field, text)] : [];
    }
}
