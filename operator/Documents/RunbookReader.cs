using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents;

/// <summary>Reads runbooks from YAML: syntax, schema, and rules across fields. What a runbook means is <see cref="RunbookValidator"/>'s part.
/// Pure; safe for many threads; never throws for any content.</summary>
public sealed class RunbookReader
{
    private static readonly string[] Kinds =
        ["Runbook", "RunbookRepository", "RunbookPolicy", "Incident", "RunbookExecution", "RunbookApproval", "RunbookSuggestion"];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="content">Its bytes.</param>
    public DocumentResult Read(string file, ReadOnlyMemory<byte> content)
    {
        var problems = new ProblemList(file);
        var runbooks = new List<RunbookDocument>();
        var ignored = 0;
        if (YamlSource.Decode(content.Span, problems) is { } text)
        {
            foreach (var (document, isSound) in YamlReader.Read(text, problems))
            {
                if (document.Root is null || !isSound)
                {
                    continue;
                }

                if (IsRunbook(document.Root, problems) is not { } isRunbook)
                {
                    continue;
                }

                if (!isRunbook)
                {
                    ignored++;
                }
                else if (ReadRunbook((YamlMapping)document.Root, problems) is { } runbook)
                {
                    runbooks.Add(runbook);
                }
            }
        }

        return new DocumentResult(runbooks, problems.InOrder(), ignored);
    }

    /// <summary>Whether the document is a runbook; null if it means to be something of this group and is not.</summary>
    private static bool? IsRunbook(YamlNode root, ProblemList problems)
    {
        var mapping = root as YamlMapping;
        var (version, kind) = (mapping?.Find("apiVersion") as YamlScalar, mapping?.Find("kind") as YamlScalar);
        var isOurs = version is not null && (version.Text == Names.Group || version.Text.StartsWith(Names.Group + "/", StringComparison.Ordinal));
        if (!isOurs && !(version is null && kind?.Text == Kinds[0]))
        {
            return false;
        }

        if (version?.Text != Names.ApiVersion)
        {
            problems.Error(RuleIds.Kind, (version ?? root).Start.Position, $"apiVersion must be {Names.ApiVersion}");
            return null;
        }

        if (!Kinds.Contains(kind?.Text))
        {
            problems.Error(RuleIds.Kind, (kind ?? root).Start.Position, kind is null
                ? "the document has no kind"
                : $"{Names.Group} has no kind {ProblemList.Quote(kind.Text)}{Suggestion.For(kind.Text, Kinds)}");
            return null;
        }

        return kind!.Text == Kinds[0];
    }

    private static RunbookDocument? ReadRunbook(YamlMapping root, ProblemList problems)
    {
        var errors = problems.Errors;
        var map = new DocumentMap(root.Start.Position);
        var content = new SchemaChecker(problems, map).CheckObject(root, SchemaReader.Of(typeof(Runbook)), string.Empty, "metadata", "status");
        if (root.Find("status") is not null)
        {
            problems.Warning(RuleIds.LeftOut, map.FindKey("status"), "status is written by the operator and left out");
        }

        content["metadata"] = Metadata(root, problems, map);
        if (problems.Errors != errors)
        {
            return null;
        }

        var ordered = new JsonObject();
        foreach (var name in (string[])["apiVersion", "kind", "metadata", "spec"])
        {
            ordered[name] = content[name]?.DeepClone();
        }

        return new RunbookDocument(problems.File, ordered.Deserialize(ApiJson.Default.Runbook)!, ordered, map);
    }

    private static JsonObject? Metadata(YamlMapping root, ProblemList problems, DocumentMap map)
    {
        switch (root.Find("metadata"))
        {
            case YamlMapping metadata:
                return new MetadataChecker(problems, map).Check(metadata);
            case null:
                problems.Error(RuleIds.Missing, root.Start.Position, "the document has no metadata");
                return null;
            case var other:
                problems.Error(RuleIds.Type, other.Start.Position, "metadata must be a mapping of names to values");
                return null;
        }
    }
}
