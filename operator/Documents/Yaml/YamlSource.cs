using System.Text;

namespace RunbookOperator.Documents.Yaml;

/// <summary>Bytes to text: UTF-8 alone, and no character that a reviewer would not see.</summary>
internal static class YamlSource
{
    private const char ByteOrderMark = '\uFEFF';
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, without a byte order mark at its start; null if it is refused, which is then among the problems.</summary>
    public static string? Decode(ReadOnlySpan<byte> content, ProblemList problems)
    {
        var start = new DocumentPosition(1, 1);
        if (content.Length > DocumentLimits.Bytes)
        {
            problems.Error(RuleIds.Limit, start, $"the file has {content.Length} bytes; the most is {DocumentLimits.Bytes}");
            return null;
        }

        string text;
        try
        {
            text = Utf8.GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            problems.Error(RuleIds.Characters, PositionOf(content, exception.Index), "the file is not UTF-8");
            return null;
        }

        text = text.StartsWith(ByteOrderMark) ? text[1..] : text;
        return CheckCharacters(text, problems) ? text : null;
    }

    /// <summary>Whether a character may stand neither in a file nor in a value: controls but tab and line feed, separators that are line breaks to
    /// some readers, marks that turn the direction of writing, and half characters.</summary>
    public static bool IsForbidden(char c) => c switch
    {
        '\t' or '\n' => false,
        < ' ' or (>= '\x7F' and <= '\x9F') => true,
        '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        ByteOrderMark or '\uFFFE' or '\uFFFF' => true,
        _ => false,
    };

    /// <summary>The first character of <paramref name="value"/> that may not stand in it, or null.</summary>
    public static char? FindForbidden(string value)
    {
        foreach (var c in value)
        {
            if (IsForbidden(c))
            {
                return c;
            }
        }

        return null;
    }

    private static bool CheckCharacters(string text, ProblemList problems)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
            }
            else if (IsForbidden(c) && !(c == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
            {
                problems.Error(RuleIds.Characters, new DocumentPosition(line, i - lineStart + 1), c == '\r'
                    ? "a carriage return without a line feed"
                    : $"the character U+{(int)c:X4} is not shown to readers, and not allowed");
                return false;
            }
        }

        return true;
    }

    private static DocumentPosition PositionOf(ReadOnlySpan<byte> content, int index)
    {
        var before = content[..Math.Clamp(index, 0, content.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new DocumentPosition(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
