using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents;

/// <summary>Reads runbooks from YAML: syntax, schema, and rules across fields. What a runbook means is <see cref="RunbookValidator"/>'s part.
/// Pure; safe for many threads; never throws for any content.</summary>
public sealed class RunbookReader
{
    /// <summary>Whether the other kinds of the group are checked as well, with what this version does not act upon. Off by default: to a sync
    /// of runbooks they are none of its business.</summary>
    public bool ChecksOtherKinds { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="content">Its bytes.</param>
    public DocumentResult Read(string file, ReadOnlyMemory<byte> content)
    {
        var problems = new ProblemList(file);
        var runbooks = new List<RunbookDocument>();
        var (others, ignored) = (0, 0);
        if (YamlSource.Decode(content.Span, problems) is { } text)
        {
            foreach (var root in YamlReader.Read(text, problems).Where(read => read.IsSound).Select(read => read.Document.Root).OfType<YamlNode>())
            {
                if (!ResourceKinds.IsOurs(root))
                {
                    ignored++;
                }
                else if (ResourceKinds.Find(root, problems) is { } type)
                {
                    if (type == typeof(Runbook))
                    {
                        runbooks.AddRange(ReadRunbook((YamlMapping)root, problems));
                    }
                    else if (!ChecksOtherKinds)
                    {
                        ignored++;
                    }
                    else if (IsUsable((YamlMapping)root, type, problems))
                    {
                        others++;
                    }
                }
            }
        }

        return new DocumentResult(runbooks, problems.InOrder(), ignored) { Others = others };
    }

    private static IEnumerable<RunbookDocument> ReadRunbook(YamlMapping root, ProblemList problems)
    {
        var map = new DocumentMap(root.Start.Position);
        return ResourceChecker.Check(root, typeof(Runbook), problems, map) is { } content
            ? [new RunbookDocument(problems.File, content.Deserialize(ApiJson.Default.Runbook)!, content, map)]
            : [];
    }

    private static bool IsUsable(YamlMapping root, Type type, ProblemList problems)
    {
        var (map, errors) = (new DocumentMap(root.Start.Position), problems.Errors);
        if (ResourceChecker.Check(root, type, problems, map) is { } content)
        {
            ResourceChecker.CheckNotActedUpon(content, type, problems, map);
        }

        return problems.Errors == errors;
    }
}
