using System.Globalization;
using System.Text;

namespace RunbookOperator.Api;

/// <summary>A class in brackets as it was written: folding comes before negation.</summary>
internal sealed record Re2ClassSet(Re2Set Set, bool Negated);

/// <summary>A repetition: <see cref="Count"/> is the most copies it makes of what stands before it.</summary>
internal sealed record Re2Repeat(string Text, int Count, bool Lazy);

/// <summary>The pieces of an expression, as RE2 cuts them.</summary>
internal sealed class Re2Reader(string pattern)
{
    public int Offset { get; set; }

    public bool AtEnd => Offset >= pattern.Length;

    public char Peek => AtEnd ? '\0' : pattern[Offset];

    public bool IsFlag => Peek is 'i' or 'm' or 's' or 'U' or '-';

    public void Skip(int count = 1) => Offset += count;

    public bool StartsWith(string text) => string.CompareOrdinal(pattern, Offset, text, 0, text.Length) == 0;

    public bool TryTake(char c)
    {
        if (AtEnd || pattern[Offset] != c)
        {
            return false;
        }

        Offset++;
        return true;
    }

    public void Take(char c)
    {
        if (!TryTake(c))
        {
            throw Error($"expected {c}");
        }
    }

    public Re2Exception Error(string message) => new(Offset, message);

    public int TakeCharacter()
    {
        if (!Rune.TryGetRuneAt(pattern, Offset, out var rune))
        {
            throw Error("half of a character");
        }

        Offset += rune.Utf16SequenceLength;
        return rune.Value;
    }

    /// <summary>The name of a group, with the reader behind <c>(?</c>; null if it has none.</summary>
    public string? TakeGroupName()
    {
        if (StartsWith("<=") || StartsWith("<!"))
        {
            throw UnknownGroup();
        }

        var start = Offset;
        if (!StartsWith("P<") && !StartsWith("<"))
        {
            return null;
        }

        Skip(Peek == 'P' ? 2 : 1);
        var end = pattern.IndexOf('>', Offset);
        var name = end < 0 ? string.Empty : pattern[Offset..end];
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || name.StartsWith("__", StringComparison.Ordinal)
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new Re2Exception(start, "a group's name is letters, digits and underscores, and begins with a letter or one underscore");
        }

        Offset = end + 1;
        return name;
    }

    public Re2Exception UnknownGroup() => Error(Peek switch
    {
        '=' or '!' or '<' => "RE2 has no lookaround",
        '>' => "RE2 has no atomic groups",
        '(' => "RE2 has no conditionals",
        '#' => "RE2 has no comments",
        'P' => "RE2 has no references to groups",
        'x' or 'n' => $"RE2 has no flag {Peek}",
        _ => "RE2 has no group of this form",
    });

    public bool PeekRepeat()
    {
        var start = Offset;
        try
        {
            return TakeRepeat() is not null;
        }
        finally
        {
            Offset = start;
        }
    }

    /// <summary>The repetition that stands here, or null. A brace that is none is a character.</summary>
    public Re2Repeat? TakeRepeat()
    {
        if (Peek is '*' or '+' or '?')
        {
            var text = pattern[Offset++].ToString();
            return new Re2Repeat(text, 1, TryTake('?'));
        }

        var start = Offset;
        if (!TryTake('{') || TakeCount() is not { } least)
        {
            Offset = start;
            return null;
        }

        int? most = least;
        if (TryTake(','))
        {
            most = TakeCount();
        }

        if (!TryTake('}'))
        {
            Offset = start;
            return null;
        }

        if (least > Re2.MaximumRepeat || most > Re2.MaximumRepeat)
        {
            throw new Re2Exception(start, $"a count is at most {Re2.MaximumRepeat}");
        }

        if (most < least)
        {
            throw new Re2Exception(start, "the counts are the wrong way round");
        }

        return new Re2Repeat(pattern[start..Offset], most ?? least + 1, TryTake('?'));
    }

    /// <summary>What stands between <c>\Q</c> and <c>\E</c>, or null if there is no <c>\Q</c> here.</summary>
    public string? TakeQuoted()
    {
        if (!StartsWith(@"\Q"))
        {
            return null;
        }

        var end = pattern.IndexOf(@"\E", Offset + 2, StringComparison.Ordinal);
        var text = end < 0 ? pattern[(Offset + 2)..] : pattern[(Offset + 2)..end];
        Offset = end < 0 ? pattern.Length : end + 2;
        return text;
    }

    /// <summary><c>\A</c> or <c>\z</c>, or null.</summary>
    public string? TakeAnchor()
    {
        if (!StartsWith(@"\A") && !StartsWith(@"\z"))
        {
            return null;
        }

        Skip(2);
        return pattern[(Offset - 2)..Offset];
    }

    public Re2Set? TakePerlClass()
    {
        var set = Peek == '\\' && Offset + 1 < pattern.Length ? Re2Classes.Perl(pattern[Offset + 1]) : null;
        Skip(set is null ? 0 : 2);
        return set;
    }

    /// <summary>The character that an escape stands for.</summary>
    public int TakeEscape()
    {
        var start = Offset++;
        if (AtEnd)
        {
            throw new Re2Exception(start, "a \\ at the end; write \\\\ for the character");
        }

        var c = pattern[Offset++];
        return c switch
        {
            'a' => 7,
            'f' => '\f',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\v',
            'x' => TakeHexadecimal(start),
            _ when char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) => c,
            _ => throw new Re2Exception(start, UnknownEscape(c)),
        };
    }

    public Re2ClassSet TakeClass() => new Re2ClassReader(this, pattern).Take();

    private static string UnknownEscape(char c) => c switch
    {
        >= '1' and <= '9' => "RE2 has no references to groups",
        '0' => "write \\x00 in place of an octal escape",
        'b' or 'B' => "word boundaries are not supported; write what stands at the boundary",
        'p' or 'P' => "Unicode classes are not supported; write the characters",
        'Z' => "RE2 has no \\Z; write \\z for the end",
        _ => $"there is no escape \\{c}",
    };

    private int TakeHexadecimal(int start)
    {
        var braces = TryTake('{');
        var end = braces ? pattern.IndexOf('}', Offset) : Math.Min(Offset + 2, pattern.Length);
        var digits = end < 0 ? string.Empty : pattern[Offset..end];
        if (digits.Length is < 1 or > 6 || (!braces && digits.Length != 2)
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
        {
            throw new Re2Exception(start, "a character is written \\x7F or \\x{10FFFF}");
        }

        Offset = end + (braces ? 1 : 0);
        return value;
    }

    // RE2 reads no number with a leading zero as a count.
    private int? TakeCount()
    {
        var start = Offset;
        while (char.IsAsciiDigit(Peek))
        {
            Offset++;
        }

        var digits = pattern.AsSpan(start, Offset - start);
        return digits.Length == 0 || (digits.Length > 1 && digits[0] == '0') ? null
            : digits.Length > 6 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
