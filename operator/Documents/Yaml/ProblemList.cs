using System.Text;

namespace RunbookOperator.Documents.Yaml;

/// <summary>The problems of one file, bounded.</summary>
internal sealed class ProblemList(string file)
{
    private const int LongestMessage = 1000;
    private readonly List<DocumentProblem> _problems = [];

    /// <summary>How many errors were found; more than are kept, where there are many.</summary>
    public int Errors { get; private set; }

    public string File => file;

    public IReadOnlyList<DocumentProblem> InOrder() => [.. _problems.OrderBy(problem => (problem.Line, problem.Column))];

    public void Error(string rule, DocumentPosition at, string message)
    {
        Errors++;
        Add(rule, DocumentSeverity.Error, at, message);
    }

    public void Warning(string rule, DocumentPosition at, string message) => Add(rule, DocumentSeverity.Warning, at, message);

    /// <summary>Text from a file as it may stand in a message: short, and without characters that are not shown.</summary>
    public static string Quote(string text)
    {
        const int Longest = 80;
        var shown = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > Longest)
            {
                shown.Append('…');
                break;
            }

            shown.Append(rune.Value == '\n' ? "\\n" : YamlSource.IsForbidden((char)Math.Min(rune.Value, char.MaxValue)) ? "?" : rune.ToString());
        }

        return shown.Append('"').ToString();
    }

    private void Add(string rule, DocumentSeverity severity, DocumentPosition at, string message)
    {
        var text = message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
        if (_problems.Count < DocumentLimits.Problems)
        {
            _problems.Add(new DocumentProblem(file, at.Line, at.Column, rule, severity, text));
        }
        else if (_problems.Count == DocumentLimits.Problems)
        {
            _problems.Add(new DocumentProblem(file, at.Line, at.Column, RuleIds.Limit, severity, $"more than {DocumentLimits.Problems} problems; the rest is not told"));
        }
    }
}
