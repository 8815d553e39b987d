using System.Text.Json.Nodes;
using RunbookOperator.Generator;

namespace RunbookOperator.Api.Tests;

/// <summary>Walks the schemas of all kinds.</summary>
internal static class Schema
{
    /// <summary>Every schema inside spec and status of every kind, with its path.</summary>
    public static IEnumerable<(string Path, JsonObject Schema)> All()
    {
        var documentation = new XmlDocumentation();
        foreach (var kind in CrdFiles.Kinds)
        {
            var root = new CrdBuilder(documentation, Dialect.Current).Build(kind)["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;
            foreach (var part in new[] { "spec", "status" })
            {
                foreach (var found in Walk($"{kind.Name}.{part}", root["properties"]![part]!.AsObject()))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Removes every member of this name, at any depth, but not where it is the name of a field.</summary>
    public static void Remove(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject members:
                members.Remove(name);
                foreach (var (_, member) in members)
                {
                    Remove(member, name);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Remove(item, name);
                }

                break;
            default:
                break;
        }
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Walk(string path, JsonObject schema)
    {
        var inside = (schema["properties"] as JsonObject ?? [])
            .Select(member => (Path: $"{path}.{member.Key}", Schema: member.Value))
            .Append((Path: $"{path}[]", Schema: schema["items"]))
            .Append((Path: $"{path}{{}}", Schema: schema["additionalProperties"]));
        return inside.Where(entry => entry.Schema is not null)
            .SelectMany(entry => Walk(entry.Path, entry.Schema!.AsObject()))
            .Prepend((path, schema));
    }
}
