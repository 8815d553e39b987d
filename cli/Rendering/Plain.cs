using System.Globalization;
using System.Text;

namespace RunbookOperator.Cli.Rendering;

/// <summary>Text from elsewhere, made safe for a terminal: no escape sequence, no reordering, nothing invisible.</summary>
internal static class Plain
{
    /// <summary>What stands in place of a character that is not shown.</summary>
    public const char Hidden = '?';

    /// <summary>One line: every control, format and separator character becomes <c>?</c>, tabs become a space.</summary>
    public static string Line(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD, which is harmless.
            safe.Append(rune.Value == '\t' ? " " : IsHarmless(rune) ? rune.ToString() : Hidden.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Each line of <paramref name="text"/>, safe. Ends of line are those of any system; an empty last line is left out.</summary>
    public static IReadOnlyList<string> Lines(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return [.. lines.Take(count).Select(Line)];
    }

    /// <summary>Whether a terminal shows this character as itself, in its place, and does nothing else.</summary>
    public static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
