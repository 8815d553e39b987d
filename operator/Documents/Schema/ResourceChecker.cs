using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Schema;

/// <summary>Holds a whole object against its kind: its fields, the rules across them, and its metadata.</summary>
internal static class ResourceChecker
{
    private static readonly string[] Order = ["apiVersion", "kind", "metadata", "spec"];

    /// <summary>The object as it is to be applied, without what only the API server and the operator write; null if it cannot be used.</summary>
    public static JsonObject? Check(YamlMapping root, Type type, ProblemList problems, DocumentMap map)
    {
        var errors = problems.Errors;
        var content = new SchemaChecker(problems, map).CheckObject(root, SchemaReader.Of(type), string.Empty, "metadata", "status");
        if (root.Find("status") is not null)
        {
            problems.Warning(RuleIds.LeftOut, map.FindKey("status"), "status is written by the operator and left out");
        }

        content["metadata"] = Metadata(root, type, problems, map);
        return problems.Errors == errors ? new JsonObject(Order.Select(name => KeyValuePair.Create(name, content[name]?.DeepClone()))) : null;
    }

    /// <summary>Tells what an object has that this version does not act upon.</summary>
    public static void CheckNotActedUpon(JsonObject content, Type type, ProblemList problems, DocumentMap map)
    {
        foreach (var use in NotActedUpon.In(type.Name, content))
        {
            problems.Error(RuleIds.NotActedUpon, map.FindKey(use.Path), use.ToString());
        }
    }

    private static JsonObject? Metadata(YamlMapping root, Type type, ProblemList problems, DocumentMap map)
    {
        switch (root.Find("metadata"))
        {
            case YamlMapping metadata:
                return new MetadataChecker(type, problems, map).Check(metadata);
            case null:
                problems.Error(RuleIds.Missing, root.Start.Position, "the document has no metadata");
                return null;
            case var other:
                problems.Error(RuleIds.Type, other.Start.Position, "metadata must be a mapping of names to values");
                return null;
        }
    }
}
