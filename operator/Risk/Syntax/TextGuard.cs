using System.Globalization;
using System.Text;

namespace RunbookOperator.Risk.Syntax;

/// <summary>Finds characters that make a text look other than it is.</summary>
internal static class TextGuard
{
    /// <summary>The first character that hides something, anywhere in the text, comments included; or null.</summary>
    public static (TextSpan Span, string Message)? FirstHidden(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is >= ' ' and < '\x7f' or '\n' or '\t')
            {
                at++;
                continue;
            }

            var status = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done || Hides(rune))
            {
                return (new(at, length), $"U+{rune.Value:X4} is hidden or looks like something else");
            }

            at += length;
        }

        return null;
    }

    /// <summary>Whether a word, as it will be passed on, mixes letters that look alike from different scripts.</summary>
    public static bool MixesScripts(ReadOnlySpan<char> text)
    {
        bool latin = false, other = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii ? !Rune.IsLetter(rune) : !Rune.IsLetter(rune) && rune.Value < 0x300)
            {
                (latin, other) = (false, false);
                continue;
            }

            latin |= rune.IsAscii;
            // Greek, Coptic, Cyrillic, Armenian, Cherokee and Lisu hold the letters that pass for Latin ones.
            other |= rune.Value is (>= 0x370 and <= 0x58f) or (>= 0x13a0 and <= 0x13ff) or (>= 0xa4d0 and <= 0xa4ff) or (>= 0xab70 and <= 0xabbf);
            if (latin && other)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        // Full-width forms and mathematical alphabets copy ASCII; fillers and the Braille blank show nothing.
        _ => rune.Value is (>= 0xff00 and <= 0xffef) or (>= 0x1d400 and <= 0x1d7ff) or 0x115f or 0x1160 or 0x3164 or 0x2800 or 0xfffd or 0xfffc
            or 0x37e or 0x34f or 0x17b4 or 0x17b5 or (>= 0xfe00 and <= 0xfe0e),
    };
}
