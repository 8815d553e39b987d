using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Risk;
using RunbookOperator.Sync;

namespace RunbookOperator.Learning;

/// <summary>
/// The last word on a proposed file, whoever made it: it is valid as anybody's change has to be, it touches nothing but the steps of one runbook,
/// no step that stays is changed, and so no risk is lowered.
/// </summary>
internal sealed class ProposalGate(RunbookFiles files, StepJudge judge)
{
    /// <summary>The most lines that a proposal may change.</summary>
    public const int MaximumChangedLines = 200;

    /// <summary>Why <paramref name="after"/> must not replace <paramref name="before"/>; null if it may.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="runbook">The runbook that is changed.</param>
    /// <param name="before">The text as it is.</param>
    /// <param name="after">The text as proposed.</param>
    public string? Refusal(string file, string runbook, string before, string after)
    {
        var (old, proposed) = (Read(file, before), Read(file, after));
        if (proposed.Problems.FirstOrDefault(problem => problem.Severity == DocumentSeverity.Error) is { } error)
        {
            return $"the result would not be valid: {error}";
        }

        if (old.Runbooks.Count != proposed.Runbooks.Count || old.Ignored != proposed.Ignored)
        {
            return "the result would hold other documents than the file";
        }

        foreach (var (was, will) in old.Runbooks.Zip(proposed.Runbooks))
        {
            if (!JsonNode.DeepEquals(Rest(was, runbook), Rest(will, runbook)))
            {
                return "the result would change more than the steps of the runbook";
            }

            if (was.Runbook.Metadata.Name == runbook && Changed(was.Runbook.Spec, will.Runbook.Spec) is { } step)
            {
                return $"the result would change the step \"{step}\" or lower its risk";
            }
        }

        return ChangedLines(before, after) > MaximumChangedLines ? $"the result would change more than {MaximumChangedLines} lines" : null;
    }

    private DocumentResult Read(string file, string text) => files.Read(file, Encoding.UTF8.GetBytes(text));

    // Everything of a document that a proposal may not touch.
    private static JsonObject Rest(RunbookDocument document, string runbook)
    {
        var content = (JsonObject)document.Content.DeepClone();
        if (document.Runbook.Metadata.Name == runbook)
        {
            ((JsonObject)content["spec"]!).Remove("steps");
        }

        return content;
    }

    private string? Changed(RunbookSpec was, RunbookSpec will)
    {
        var before = was.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        return will.Steps.FirstOrDefault(step =>
            before.TryGetValue(step.Name, out var old) && (!IsSame(old, step) || Level(will, step) < Level(was, old)))?.Name;
    }

    private static bool IsSame(RunbookStep one, RunbookStep other) => JsonNode.DeepEquals(Node(one), Node(other));

    private static JsonNode? Node(RunbookStep step) => JsonSerializer.SerializeToNode(step, ApiJson.Default.RunbookStep);

    private RiskLevel Level(RunbookSpec spec, RunbookStep step) => judge.Judge(spec.WithSurroundings(step), Proposals.VariablesOf(spec)).Level;

    private static int ChangedLines(string before, string after)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, count) in ((string, int)[])[(before, -1), (after, 1)])
        {
            foreach (var line in text.Split('\n'))
            {
                lines[line] = lines.GetValueOrDefault(line) + count;
            }
        }

        return lines.Values.Sum(Math.Abs);
    }
}
