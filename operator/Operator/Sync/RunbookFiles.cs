using RunbookOperator.Actions;
using RunbookOperator.Documents;

namespace RunbookOperator.Sync;

/// <summary>Reads files and judges them as <c>runbook validate</c> does: what has an error is not used.</summary>
/// <param name="reader">Reads them.</param>
/// <param name="validator">Judges them.</param>
/// <param name="judge">Who judges steps just now, as the base policy names programs; null for what is known without policies.</param>
internal sealed class RunbookFiles(RunbookReader reader, RunbookValidator validator, Func<StepJudge>? judge = null)
{
    /// <summary>Reads a file. Runbooks that the validator finds an error in are left out, with its problems added.</summary>
    public DocumentResult Read(string file, ReadOnlyMemory<byte> content)
    {
        var result = reader.Read(file, content);
        var problems = new List<DocumentProblem>(result.Problems);
        var sound = new List<RunbookDocument>();
        foreach (var document in result.Runbooks)
        {
            var found = judge is null ? validator.Validate(document) : validator.Validate(document, judge());
            problems.AddRange(found);
            if (found.All(problem => problem.Severity != DocumentSeverity.Error))
            {
                sound.Add(document);
            }
        }

        return result with { Runbooks = sound, Problems = problems };
    }
}
