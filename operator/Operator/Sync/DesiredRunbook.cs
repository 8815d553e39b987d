using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents;

namespace RunbookOperator.Sync;

/// <summary>A runbook as the repository wants it.</summary>
/// <param name="Document">What the file says.</param>
/// <param name="Commit">The commit in which the file last changed.</param>
internal sealed record DesiredRunbook(RunbookDocument Document, string Commit)
{
    private const int HashLength = 16;

    /// <summary>The name of the runbook.</summary>
    public string Name => Document.Runbook.Metadata.Name!;

    /// <summary>Where its name stands in the file.</summary>
    public DocumentPosition Position => Document.Map.Find("metadata.name");

    /// <summary>What is applied, but for the commit and the hash.</summary>
    /// <param name="ns">The repository's namespace.</param>
    /// <param name="repository">The repository's name.</param>
    public JsonObject Manifest(string ns, string repository)
    {
        var manifest = (JsonObject)Document.Content.DeepClone();
        var metadata = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = ns,
            ["labels"] = With(manifest["metadata"]?["labels"], (Names.RepositoryLabel, repository)),
            ["annotations"] = With(manifest["metadata"]?["annotations"], (Names.FileAnnotation, Document.File)),
        };
        manifest["metadata"] = metadata;
        return manifest;
    }

    /// <summary>The hash of a manifest: an unrelated commit does not change it.</summary>
    public static string Hash(JsonObject manifest) => CanonicalJson.Hash(manifest, HashLength);

    /// <summary>The manifest with its commit and hash.</summary>
    public static JsonObject Sealed(JsonObject manifest, string hash, string commit)
    {
        var complete = (JsonObject)manifest.DeepClone();
        var annotations = (JsonObject)complete["metadata"]!["annotations"]!;
        annotations[Names.CommitAnnotation] = commit;
        annotations[Names.HashAnnotation] = hash;
        return complete;
    }

    // Marks of ownership in a file would say that somebody else owns what this repository applies.
    private static JsonObject With(JsonNode? given, (string Name, string Value) own)
    {
        var result = new JsonObject();
        foreach (var (name, value) in (given as JsonObject)?.Where(member => !Ownership.IsMark(member.Key)) ?? [])
        {
            result[name] = value?.DeepClone();
        }

        result[own.Name] = own.Value;
        return result;
    }
}
