using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Documents;

/// <summary>What is wrong in many files together.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Runbooks">How many runbooks they hold that can be read.</param>
/// <param name="Others">How many objects of our other kinds they hold that can be used.</param>
/// <param name="Skipped">How many YAML documents are something else.</param>
/// <param name="Problems">Everything found, by file and place.</param>
internal sealed record Validation(int Files, int Runbooks, int Others, int Skipped, IReadOnlyList<DocumentProblem> Problems)
{
    /// <summary>Problems that keep a runbook from being used.</summary>
    public int Errors => Problems.Count(problem => problem.Severity == DocumentSeverity.Error);

    /// <summary>Problems that somebody should look at.</summary>
    public int Warnings => Problems.Count - Errors;

    /// <summary>Reads and validates every file, and compares them with each other.</summary>
    public static async Task<Validation> OfAsync(IReadOnlyList<string> files, RiskClassifier classifier, CancellationToken cancellationToken)
    {
        var (reader, validator) = (new RunbookReader { ChecksOtherKinds = true }, new RunbookValidator(ActionCatalog.Default, classifier));
        List<RunbookDocument> runbooks = [];
        List<DocumentProblem> problems = [];
        var (others, skipped) = (0, 0);
        foreach (var file in files)
        {
            var result = reader.Read(file, await RunbookFiles.ReadAsync(file, cancellationToken));
            runbooks.AddRange(result.Runbooks);
            problems.AddRange(result.Problems);
            problems.AddRange(result.Runbooks.SelectMany(validator.Validate));
            others += result.Others;
            skipped += result.Ignored;
        }

        problems.AddRange(RunbookValidator.Duplicates(runbooks));
        var ordered = problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column);
        return new Validation(files.Count, runbooks.Count, others, skipped, [.. ordered]);
    }

    /// <summary>The last line: what was looked at, and what was found.</summary>
    public string Summary()
    {
        var found = Problems.Count == 0 ? "no problems" : string.Join(", ", Counts());
        var others = Others == 0 ? "" : $", {Count(Others, "other resource")}";
        var skipped = Skipped == 0 ? "" : $"; {Count(Skipped, "other document")} skipped";
        return $"{Count(Files, "file")}, {Count(Runbooks, "runbook")}{others}: {found}{skipped}";
    }

    /// <summary>The same for programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["files"] = Files,
        ["runbooks"] = Runbooks,
        ["resources"] = Others,
        ["skipped"] = Skipped,
        ["errors"] = Errors,
        ["warnings"] = Warnings,
        ["problems"] = new JsonArray([.. Problems.Select(ToJson)]),
    };

    private static JsonObject ToJson(DocumentProblem problem) => new()
    {
        ["file"] = problem.File,
        ["line"] = problem.Line,
        ["column"] = problem.Column,
        ["rule"] = problem.Rule,
        ["severity"] = problem.Severity == DocumentSeverity.Error ? "error" : "warning",
        ["message"] = problem.Message,
    };

    private IEnumerable<string> Counts()
    {
        if (Errors > 0)
        {
            yield return Count(Errors, "error");
        }

        if (Warnings > 0)
        {
            yield return Count(Warnings, "warning");
        }
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
