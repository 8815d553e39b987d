using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Editing;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents;

/// <summary>
/// Changes a runbook in its file and leaves every other byte as it is: comments, order, quoting, line ends. After an edit the text is read again,
/// and must say what was meant and nothing else; otherwise nothing is changed.
/// </summary>
public static class RunbookEditor
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Removes a step, with the comments above it.</summary>
    /// <param name="source">The file's text.</param>
    /// <param name="runbook">The runbook's <c>metadata.name</c>: a file may hold several.</param>
    /// <param name="step">The step's name.</param>
    /// <exception cref="EditException">It cannot be done in place.</exception>
    public static string RemoveStep(string source, string runbook, string step)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.StartsWith(ByteOrderMark))
        {
            return ByteOrderMark + RemoveStep(source[1..], runbook, step);
        }

        var target = Find(source, runbook);
        var index = target.IndexOf(step);
        if (target.Steps.Items.Count == 1)
        {
            throw new EditException($"\"{step}\" is the only step of {runbook}");
        }

        var edit = target.Steps.IsFlow
            ? new FlowSteps(source, target.Steps).Remove(index)
            : new BlockSteps(source, target.Steps, target.Key).Remove(index);
        target.Intended.RemoveAt(index);
        return Apply(source, target, [edit]);
    }

    /// <summary>Inserts a step.</summary>
    /// <param name="source">The file's text.</param>
    /// <param name="runbook">The runbook's <c>metadata.name</c>.</param>
    /// <param name="afterStep">The step to follow; null makes the new step the first.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="EditException">It cannot be done in place.</exception>
    public static string InsertStep(string source, string runbook, string? afterStep, RunbookStep step)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(step);
        if (source.StartsWith(ByteOrderMark))
        {
            return ByteOrderMark + InsertStep(source[1..], runbook, afterStep, step);
        }

        var target = Find(source, runbook);
        var after = afterStep is null ? -1 : target.IndexOf(afterStep);
        var content = StepWriter.ToJson(step);
        IEnumerable<TextEdit> edits;
        if (target.Steps.IsFlow)
        {
            edits = new FlowSteps(source, target.Steps).Insert(after, StepWriter.Flow(content));
        }
        else
        {
            var block = new BlockSteps(source, target.Steps, target.Key);
            edits = [block.Insert(after, source, StepWriter.Block(content, block.IsIndented))];
        }

        target.Intended.Insert(after + 1, content);
        return Apply(source, target, edits);
    }

    private static Target Find(string source, string runbook)
    {
        var before = Read(source);
        if (before.Problems.FirstOrDefault(problem => problem.Severity == DocumentSeverity.Error) is { } error)
        {
            throw new EditException($"the file has errors: {error}");
        }

        // The reader has found no error, so every tree is whole and every runbook in it has what a runbook must have.
        var roots = YamlReader.Read(source, new ProblemList("file")).Select(read => read.Document.Root).OfType<YamlMapping>()
            .Where(root => root.Find("kind") is YamlScalar { Text: nameof(Runbook) } && root.Find("apiVersion") is YamlScalar { Text: Names.ApiVersion }).ToArray();
        var matches = before.Runbooks.Select((document, i) => (document, i)).Where(found => found.document.Runbook.Metadata.Name == runbook).ToArray();
        if (matches.Length != 1 || roots.Length != before.Runbooks.Count)
        {
            throw new EditException(matches.Length == 0 ? $"the file holds no runbook {runbook}" : $"the file holds {matches.Length} runbooks called {runbook}");
        }

        var spec = (YamlMapping)roots[matches[0].i].Find("spec")!;
        var (key, steps) = spec.Entries.First(entry => entry.Key.Text == "steps");
        var intended = before.Runbooks.Select(document => document.Content.DeepClone().AsObject()).ToArray();
        return new Target(before, key, (YamlSequence)steps, intended, intended[matches[0].i]["spec"]!["steps"]!.AsArray());
    }

    private static string Apply(string source, Target target, IEnumerable<TextEdit> edits)
    {
        var result = TextEdit.Apply(source, edits);
        var after = Read(result);
        if (after.Problems.FirstOrDefault(problem => problem.Severity == DocumentSeverity.Error) is { } error)
        {
            throw new EditException($"the edit would leave an error: {error}");
        }

        if (after.Ignored != target.Before.Ignored || after.Runbooks.Count != target.All.Length
            || !after.Runbooks.Zip(target.All).All(pair => JsonNode.DeepEquals(pair.First.Content, pair.Second)))
        {
            throw new EditException("the step is written in a form that cannot be edited in place");
        }

        return result;
    }

    private static DocumentResult Read(string source)
    {
        try
        {
            return new RunbookReader().Read("file", new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(source));
        }
        catch (EncoderFallbackException)
        {
            throw new EditException("the text holds half a character");
        }
    }

    private sealed record Target(DocumentResult Before, YamlScalar Key, YamlSequence Steps, JsonObject[] All, JsonArray Intended)
    {
        public int IndexOf(string step)
        {
            var index = Steps.Items.FindIndex(item => ((YamlMapping)item).Find("name") is YamlScalar name && name.Text == step);
            return index >= 0 ? index : throw new EditException($"the runbook has no step \"{step}\"");
        }
    }
}
