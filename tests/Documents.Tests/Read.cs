using System.Text;

namespace RunbookOperator.Documents.Tests;

/// <summary>Reads texts as files.</summary>
internal static class Read
{
    public const string Head = "apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: web}\n";

    public static DocumentResult Text(string text) => new RunbookReader().Read("a.yaml", Encoding.UTF8.GetBytes(text));

    public static RunbookDocument Sound(string text)
    {
        var result = Text(text);
        Assert.Empty(result.Problems);
        return Assert.Single(result.Runbooks);
    }

    /// <summary>A runbook with this under <c>spec</c>, which begins on line 4.</summary>
    public static DocumentResult Spec(string spec) => Text(Head + spec);

    public static string Lines(IEnumerable<DocumentProblem> problems) => string.Join('\n', problems);
}
