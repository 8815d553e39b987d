using System.Buffers;
using System.Runtime.InteropServices;

namespace RunbookOperator.Api;

/// <summary>How far a value without quotes goes.</summary>
internal enum ValueExtent
{
    /// <summary>One word.</summary>
    Word,

    /// <summary>To the end of the line.</summary>
    Line,

    /// <summary>To the end of the line, or of the quotes that the whole header stands in.</summary>
    Header,
}

/// <summary>The value that stands at a place of a line.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretValue(int Start, int Length)
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\"'<&;,");
    private static readonly SearchValues<char> Separators = SearchValues.Create("&;,");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
    private static readonly SearchValues<char> VariableCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    // Text quoted within quoted text has one, within that again three.
    private const int MaximumSlashes = 3;

    private static readonly string[] Literals = ["true", "false", "null", "none", "nil", "~", "undefined", "|", "|-", "|+", ">", ">-"];

    /// <summary>Reads the value from <paramref name="from"/>: what is between quotes, else as far as <paramref name="extent"/> says. Empty for a
    /// reference or the beginning of something nested, which is read no further: a line may hold a million of them.</summary>
    public static SecretValue Read(string line, int from, ValueExtent extent)
    {
        var rest = line.AsSpan(from);
        if (rest is ['{', ..] or ['$', '{' or '(', ..] || (rest is ['[', ..] && !rest.StartsWith(Redactor.Replacement)))
        {
            return new SecretValue(from, 0);
        }

        var slashes = rest.IndexOfAnyExcept('\\');
        if (slashes is >= 0 and <= MaximumSlashes && rest[slashes] is '"' or '\'')
        {
            return Quoted(line, from, from + slashes);
        }

        var length = extent switch
        {
            ValueExtent.Line => rest.TrimEnd("\r ,").Length,
            ValueExtent.Header => rest.IndexOfAny('"', '\'', '\r') is >= 0 and var end ? end : rest.Length,
            _ => Word(rest),
        };
        return new SecretValue(from, length);
    }

    /// <summary>Whether it is no secret but the absence of one, a reference to one, a placeholder, or the beginning of something nested.</summary>
    public bool IsHarmless(string line)
    {
        var value = line.AsSpan(Start, Length);
        foreach (var literal in Literals)
        {
            if (value.Equals(literal, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value switch
        {
            [] or Redactor.Replacement or ['$', '{' or '(', ..] => true,
            ['$', >= 'A' and <= 'Z', ..] => !value[1..].ContainsAnyExcept(VariableCharacters),
            _ => !value.ContainsAnyExcept('*'),
        };
    }

    // The quote that closes is written as the one that opens, \" within text that is itself quoted.
    private static SecretValue Quoted(string line, int from, int quote)
    {
        var opening = line.AsSpan(from, quote + 1 - from);
        var start = quote + 1;
        var end = start;
        while (end < line.Length)
        {
            if (line.AsSpan(end).StartsWith(opening))
            {
                break;
            }

            end += opening.Length == 1 && line[end] == '\\' ? 2 : 1;
        }

        return new SecretValue(start, Math.Min(end, line.Length) - start);
    }

    // "a=1&b=2", "Password=x;Server=y": the value ends where the next member begins. A separator within a password is part of it.
    private static int Word(ReadOnlySpan<char> rest)
    {
        var end = 0;
        while (end < rest.Length)
        {
            var length = rest[end..].IndexOfAny(WordEnds);
            end = length < 0 ? rest.Length : end + length;
            if (end == rest.Length || !Separators.Contains(rest[end]))
            {
                break;
            }

            var name = rest[(end + 1)..].IndexOfAnyExcept(NameCharacters);
            if (name > 0 && rest[end + 1 + name] is '=' or ':')
            {
                break;
            }

            end++;
        }

        var word = rest[..end].TrimEnd(")},;");
        return word is Redactor.Replacement ? word.Length : word.TrimEnd(")]},;").Length;
    }
}
