using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RunbookOperator.Api;

/// <summary>
/// Cuts a matcher into its parts as Alertmanager does. A plain name (letters, digits, <c>_</c>, <c>:</c>) has a value by the classic rules, in
/// which <c>\n</c>, <c>\"</c> and <c>\\</c> are escapes and any other backslash stands for itself, so that expressions need no doubling. Any
/// other name is UTF-8, quoted or not, and its value has Go's escapes.
/// </summary>
internal static class MatcherParser
{
    private const string Reserved = "{}!=~,\\\"'`";

    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out string? name,
        out MatchOperator @operator,
        [NotNullWhen(true)] out string? value,
        [NotNullWhen(false)] out string? error)
    {
        (name, value, @operator) = (null, null, default);
        var rest = text.Trim(' ', '\t');
        error = text.Length > Limits.Expression ? $"the matcher is longer than {Limits.Expression} characters"
            : rest.StartsWith('{') ? "write each matcher as an entry of its own, without { }"
            : null;
        if (error is not null || !TryName(ref rest, out name, out var classic, out error))
        {
            return false;
        }

        if (!TryOperator(ref rest, out @operator))
        {
            error = $"expected =, !=, =~ or !~ behind \"{name}\"";
            return false;
        }

        return TryValue(rest, classic, out value, out error);
    }

    public static string Format(string name, MatchOperator @operator, string value)
    {
        var sign = @operator switch
        {
            MatchOperator.Equal => "=",
            MatchOperator.NotEqual => "!=",
            MatchOperator.Match => "=~",
            _ => "!~",
        };
        return (IsClassic(name) ? name : Quote(name)) + sign + Quote(value);
    }

    private static string Quote(string text) =>
        '"' + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal) + '"';

    private static bool IsClassic(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');

    private static bool TryName(
        ref string rest, [NotNullWhen(true)] out string? name, out bool classic, [NotNullWhen(false)] out string? error)
    {
        (name, classic, error) = (null, false, null);
        int end;
        if (rest.StartsWith('"'))
        {
            end = ClosingQuote(rest) + 1;
            if (end == 0 || !TryUnquote(rest[1..(end - 1)], out name))
            {
                error = "the quoted name is not complete, or holds an unknown escape";
                return false;
            }
        }
        else
        {
            end = rest.AsSpan().IndexOfAny(Reserved + " \t\r\n");
            name = end < 0 ? rest : rest[..end];
            classic = IsClassic(name);
        }

        if (name.Length == 0)
        {
            error = "a matcher begins with the name of a label, such as severity=\"critical\"";
            return false;
        }

        rest = end < 0 ? string.Empty : rest[end..].TrimStart(' ', '\t');
        return true;
    }

    private static bool TryOperator(ref string rest, out MatchOperator @operator)
    {
        (@operator, var length) = rest switch
        {
            ['=', '~', ..] => (MatchOperator.Match, 2),
            ['!', '~', ..] => (MatchOperator.NotMatch, 2),
            ['!', '=', ..] => (MatchOperator.NotEqual, 2),
            ['=', ..] => (MatchOperator.Equal, 1),
            _ => (default, 0),
        };
        rest = rest[length..].TrimStart(' ', '\t');
        return length > 0;
    }

    private static bool TryValue(string rest, bool classic, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? error)
    {
        (value, error) = (null, null);
        if (!rest.StartsWith('"'))
        {
            error = rest.AsSpan().ContainsAny(classic ? ",\"" : Reserved + " \t\r\n")
                ? "a value with commas, quotes or other signs is written in double quotes" : null;
            value = error is null ? classic ? Classic(rest) : rest : null;
            return value is not null;
        }

        var end = ClosingQuote(rest);
        if (end < 0)
        {
            error = "the value's closing quote is missing";
            return false;
        }

        if (end != rest.Length - 1)
        {
            error = "there is text behind the value's closing quote; write \\\" for a quote in it, and each matcher as an entry of its own";
            return false;
        }

        var inner = rest[1..^1];
        if (classic)
        {
            value = Classic(inner);
        }
        else if (!TryUnquote(inner, out value))
        {
            error = "the value holds an unknown escape";
        }

        return value is not null;
    }

    private static int ClosingQuote(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    private static string Classic(string text)
    {
        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is 'n' or '"' or '\\')
            {
                i++;
                value.Append(text[i] == 'n' ? '\n' : text[i]);
            }
            else
            {
                value.Append(text[i]);
            }
        }

        return value.ToString();
    }

    private static bool TryUnquote(string text, [NotNullWhen(true)] out string? value)
    {
        var result = new StringBuilder(text.Length);
        value = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (i == text.Length || text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '\\' => '\\', '"' => '"', _ => '\0' } is not (> '\0' and var c))
            {
                return false;
            }

            result.Append(c);
        }

        value = result.ToString();
        return true;
    }
}
