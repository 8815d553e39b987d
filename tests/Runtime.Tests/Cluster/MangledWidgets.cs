using System.Text.Json.Nodes;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>Widgets in which one field, or two, hold what they cannot.</summary>
internal static class MangledWidgets
{
    // Every field, with every JSON type that is wrong for it.
    private static readonly (string Path, string[] Values)[] Wrong =
    [
        ("spec.text", ["7", "true", "[]", "{}"]),
        ("spec.count", ["\"x\"", "7.5", "99999999999", "true", "[]", "{}"]),
        ("spec.flag", ["\"true\"", "1", "[]", "{}"]),
        ("spec.when", ["\"yesterday\"", "7", "true", "[]", "{}"]),
        ("spec.mode", ["\"Three\"", "true", "[]", "{}"]),
        ("spec.list", ["\"x\"", "7", "true", "{}", "[7]", "[{}]", "[[]]"]),
        ("spec.map", ["\"x\"", "7", "true", "[]", "{\"a\":7}", "{\"a\":{}}", "{\"a\":[]}"]),
        ("spec.part", ["\"x\"", "7", "true", "[]", "{}", "{\"name\":7}", "{\"Name\":\"x\"}"]),
        ("spec.parts", ["\"x\"", "7", "true", "{}", "[7]", "[\"x\"]", "[{}]", "[{\"name\":[]}]"]),
        ("status.conditions", ["\"x\"", "7", "{}", "[7]", "[{}]", "[{\"type\":7}]"]),
        ("spec", ["\"x\"", "7", "true", "[]"]),
        ("status", ["\"x\"", "7", "true", "[]"]),
    ];

    /// <summary>That many, each wrong in another way.</summary>
    public static IEnumerable<JsonObject> Make(int count, string ns)
    {
        var single = Wrong.SelectMany(field => field.Values.Select(value => (field.Path, Value: value))).ToList();
        var pairs = from first in single from second in single where string.CompareOrdinal(first.Path, second.Path) < 0 && !Overlap(first.Path, second.Path) select ((string, string)[])[first, second];
        return single.Select(one => ((string, string)[])[one]).Concat(pairs).Take(count).Select((wrong, i) => Widget($"bad-{i}", ns, wrong));
    }

    /// <summary>A widget; the fields named hold what is given.</summary>
    public static JsonObject Widget(string name, string ns, params (string Path, string Value)[] fields)
    {
        var widget = JsonNode.Parse($$$"""
            {
              "apiVersion": "tests.runbooks.dev/v1", "kind": "Widget", "metadata": {"name": "{{{name}}}", "namespace": "{{{ns}}}"},
              "spec": {"text": "good", "count": 1, "mode": "Two", "list": ["a"], "part": {"name": "p"}},
              "status": {"conditions": []}
            }
            """)!.AsObject();
        foreach (var (path, value) in fields)
        {
            var parts = path.Split('.');
            var parent = parts.Length == 1 ? widget : widget[parts[0]]!.AsObject();
            parent[parts[^1]] = JsonNode.Parse(value);
        }

        return widget;
    }

    private static bool Overlap(string first, string second) =>
        second.StartsWith(first + ".", StringComparison.Ordinal) || first.StartsWith(second + ".", StringComparison.Ordinal);
}
