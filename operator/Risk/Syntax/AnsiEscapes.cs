using System.Globalization;
using System.Text;

namespace RunbookOperator.Risk.Syntax;

/// <summary>The escapes of <c>$'…'</c>.</summary>
internal static class AnsiEscapes
{
    /// <summary>Decodes the escape that <paramref name="text"/> begins with; returns its length, or 0 if it is none or gives a NUL.</summary>
    public static int Decode(ReadOnlySpan<char> text, StringBuilder into)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if ("abeEfnrtv\\'\"?".IndexOf(text[1], StringComparison.Ordinal) is >= 0 and var index)
        {
            into.Append("\a\b\e\e\f\n\r\t\v\\'\"?"[index]);
            return 2;
        }

        return text[1] switch
        {
            'x' => Number(text, 2, 2, NumberStyles.AllowHexSpecifier, into),
            'u' => Number(text, 2, 4, NumberStyles.AllowHexSpecifier, into),
            'U' => Number(text, 2, 8, NumberStyles.AllowHexSpecifier, into),
            >= '0' and <= '7' => Octal(text, into),
            _ => 0,
        };
    }

    private static int Number(ReadOnlySpan<char> text, int from, int most, NumberStyles style, StringBuilder into)
    {
        var length = 0;
        while (length < most && from + length < text.Length && char.IsAsciiHexDigit(text[from + length]))
        {
            length++;
        }

        return int.TryParse(text.Slice(from, length), style, CultureInfo.InvariantCulture, out var value) && Append(value, into) ? from + length : 0;
    }

    private static int Octal(ReadOnlySpan<char> text, StringBuilder into)
    {
        var (length, value) = (1, 0);
        while (length < 4 && length < text.Length && text[length] is >= '0' and <= '7')
        {
            value = (value * 8) + (text[length] - '0');
            length++;
        }

        return Append(value & 0xff, into) ? length : 0;
    }

    private static bool Append(int value, StringBuilder into)
    {
        if (value == 0 || !Rune.IsValid(value))
        {
            return false;
        }

        into.Append(new Rune(value).ToString());
        return true;
    }
}
