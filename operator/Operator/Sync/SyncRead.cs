using RunbookOperator.Api;
using RunbookOperator.Documents;

namespace RunbookOperator.Sync;

/// <summary>What the files of a commit say.</summary>
/// <param name="Runbooks">Runbooks that can be used.</param>
/// <param name="Broken">Files that cannot be used, with what could be read of them.</param>
/// <param name="Problems">What is wrong with them.</param>
internal sealed record SyncRead(
    IReadOnlyList<DesiredRunbook> Runbooks, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Broken, IReadOnlyList<RepositoryProblem> Problems)
{
    /// <summary>Reads the files of a commit.</summary>
    /// <param name="snapshot">The commit.</param>
    /// <param name="read">Reads a file, and judges what it says.</param>
    public static SyncRead Of(Git.GitSnapshot snapshot, Func<string, ReadOnlyMemory<byte>, DocumentResult> read)
    {
        var runbooks = new List<DesiredRunbook>();
        var broken = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var problems = new List<RepositoryProblem>();
        foreach (var refused in snapshot.Tree.Problems)
        {
            broken[refused.Path] = default;
            problems.Add(new RepositoryProblem { File = refused.Path, Message = refused.Message });
        }

        foreach (var file in snapshot.Tree.Files)
        {
            var result = read(file.Path, snapshot.Content(file));
            runbooks.AddRange(result.Runbooks.Select(document => new DesiredRunbook(document, snapshot.LastChange(file))));
            var errors = result.Problems.Where(problem => problem.Severity == DocumentSeverity.Error).Select(Problem).ToList();
            if (errors.Count > 0)
            {
                broken[file.Path] = snapshot.Content(file);
                problems.AddRange(errors);
            }
        }

        return new SyncRead(runbooks, broken, problems);
    }

    /// <summary>A problem as status lists it.</summary>
    public static RepositoryProblem Problem(DocumentProblem problem) => new()
    {
        File = problem.File,
        Line = problem.Line,
        Column = problem.Column,
        Rule = problem.Rule,
        Message = Variables.Clean(problem.Message, Limits.Message),
    };
}
