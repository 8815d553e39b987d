using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Rendering;

/// <summary>Shows a part of a text as compilers do: the line, and below it a mark under the part.</summary>
internal static class Underline
{
    /// <summary>The widest line shown; a longer one is cut on both sides of the part.</summary>
    public const int Width = 120;

    private const int Before = 30;

    /// <summary>The line in which <paramref name="span"/> begins, safe for a terminal, and the marks to print below it.</summary>
    public static (string Line, string Marks) Of(string text, TextSpan span)
    {
        var start = Math.Clamp(span.Start, 0, text.Length);
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var lineEnd = text.IndexOf('\n', start) is var found && found < 0 ? text.Length : found;
        var end = Math.Clamp(span.End, start, lineEnd);

        var from = lineEnd - lineStart <= Width ? lineStart : Math.Max(lineStart, Math.Min(start - Before, lineEnd - Width));
        var to = Math.Min(lineEnd, from + Width);
        end = Math.Min(end, to);
        var (before, part, after) = (Shown(text, from, start), Shown(text, start, end), Shown(text, end, to));
        var head = from > lineStart ? "…" : "";
        var tail = to < lineEnd ? "…" : "";
        return (head + before + part + after + tail, new string(' ', head.Length + before.Length) + new string('^', Math.Max(1, part.Length)));
    }

    private static string Shown(string text, int from, int to) => Plain.Line(text[from..to].TrimEnd('\r'));
}
