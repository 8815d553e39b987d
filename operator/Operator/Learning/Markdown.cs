using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Learning;

/// <summary>
/// Quotes text that anybody may have written. Inside a code span nothing means anything: no HTML, no link, no mention, no reference, no emphasis.
/// The rules of CommonMark 0.31 (6.1 code spans, 4.5 fenced code blocks) and of GitHub's tables, where a bar ends a cell even in a code span.
/// </summary>
internal static class Markdown
{
    /// <summary>The longest text that is quoted in a line.</summary>
    public const int MaximumLength = 256;

    /// <summary>The text as a code span of one line, cut after <see cref="MaximumLength"/> characters.</summary>
    public static string Code(string text)
    {
        var line = Visible(text.ReplaceLineEndings(" ").Replace('\t', ' ')).Trim();
        if (line.Length == 0)
        {
            return "-";
        }

        line = line.Length > MaximumLength ? Variables.Clean(line, MaximumLength) + "..." : line;
        var fence = new string('`', LongestRun(line, '`') + 1);

        // Of a span that begins and ends with a space one of each is dropped again; so a backtick does not touch the fence.
        return line[0] == '`' || line[^1] == '`' ? $"{fence} {line} {fence}" : fence + line + fence;
    }

    /// <summary>The text as a code span for the cell of a table.</summary>
    public static string Cell(string text) => Code(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The text as a block of code, with its lines.</summary>
    public static string Block(string text)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text, '`') + 1));
        return $"{fence}\n{string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Visible(line.Replace('\t', ' '))))}\n{fence}";
    }

    // Control characters, and those that change what is seen: direction marks, zero widths, separators.
    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            visible.Append(
                char.IsControl(c) || c is '\u00ad' or '\u2028' or '\u2029' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e')
                    or (>= '\u2060' and <= '\u206f') or '\ufeff' ? '?' : c);
        }

        return visible.ToString();
    }

    private static int LongestRun(string text, char c)
    {
        var (longest, run) = (0, 0);
        foreach (var next in text)
        {
            run = next == c ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
