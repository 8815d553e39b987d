using RunbookOperator.Documents;

namespace RunbookOperator.Sync;

/// <summary>Reads files and judges them as <c>runbook validate</c> does: what has an error is not used.</summary>
internal sealed class RunbookFiles(RunbookReader reader, RunbookValidator validator)
{
    /// <summary>Reads a file. Runbooks that the validator finds an error in are left out, with its problems added.</summary>
    public DocumentResult Read(string file, ReadOnlyMemory<byte> content)
    {
        var result = reader.Read(file, content);
        var problems = new List<DocumentProblem>(result.Problems);
        var sound = new List<RunbookDocument>();
        foreach (var document in result.Runbooks)
        {
            var found = validator.Validate(document);
            problems.AddRange(found);
            if (found.All(problem => problem.Severity != DocumentSeverity.Error))
            {
                sound.Add(document);
            }
        }

        return result with { Runbooks = sound, Problems = problems };
    }
}
