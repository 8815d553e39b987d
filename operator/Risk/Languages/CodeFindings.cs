namespace RunbookOperator.Risk.Languages;

/// <summary>Gathers what is found in one piece of code.</summary>
internal sealed class CodeFindings
{
    /// <summary>How many findings are kept for one piece of code; the riskiest of one rule is enough to decide.</summary>
    public const int Maximum = 100;

    // Text that stands for values that are not known, as words carry it.
    private const char FirstMarker = '\uE000';
    private const char LastMarker = '\uE002';

    private const int MaximumSubject = 60;

    private readonly List<CodeFinding> _all = [];
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);

    /// <summary>The findings, in the order of the text.</summary>
    public IReadOnlyList<CodeFinding> All => _all;

    /// <summary>Notes that <paramref name="subject"/>, a piece of the code, falls under a rule.</summary>
    public void Add(string rule, TextSpan span, string subject)
    {
        // The first finding of every rule is always kept, so no rule gets lost in a long text.
        if (_rules.Add(rule) || _all.Count < Maximum)
        {
            _all.Add(new CodeFinding(rule, span, $"`{Shorten(subject)}`"));
        }
    }

    /// <summary>Notes a file that is read.</summary>
    public void Reads(TextSpan span, string path) => AddFile("file.read", span, path);

    /// <summary>Notes a file that is written.</summary>
    public void Writes(TextSpan span, string path) => AddFile("file.write", span, path);

    /// <summary>Whether <paramref name="text"/> holds a value that is not known.</summary>
    public static bool HoldsValue(string text) => text.AsSpan().IndexOfAnyInRange(FirstMarker, LastMarker) >= 0;

    // Every file counts: which one it is decides.
    private void AddFile(string rule, TextSpan span, string path) => _all.Add(new CodeFinding(rule, span, $"`{Shorten(path)}`", path));

    private static string Shorten(string text)
    {
        text = string.Concat(text.ReplaceLineEndings(" ").Select(c => c is >= FirstMarker and <= LastMarker ? '…' : c));
        return text.Length <= MaximumSubject ? text : string.Concat(text.AsSpan(0, MaximumSubject), "…");
    }
}
