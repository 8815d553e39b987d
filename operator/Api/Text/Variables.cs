using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RunbookOperator.Api;

/// <summary>Variables: what they may be called, which values a command may get, and how <c>${name}</c> is replaced.</summary>
public static class Variables
{
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@%+,-");

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Whether a variable may have this name: <c>[a-z][a-z0-9_]{0,62}</c>, and not the name of a proxy setting.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= Limits.Label } && char.IsAsciiLetterLower(name[0])
        && !name.AsSpan().ContainsAnyExcept(NameCharacters) && !name.EndsWith("_proxy", StringComparison.Ordinal);

    /// <summary>Whether a command may get this value: letters, digits and <c>._:/@%+,-</c>, not beginning with <c>-</c>, without <c>..</c>.
    /// So no value can be a flag, leave its folder, or mean anything to a shell.</summary>
    public static bool IsSafeForRun(string value) =>
        value.Length is > 0 and <= Limits.Value && !value.AsSpan().ContainsAnyExcept(ValueCharacters)
        && value[0] != '-' && !value.Contains("..", StringComparison.Ordinal);

    /// <summary>The names that stand as <c>${name}</c> in <paramref name="text"/>.</summary>
    public static IEnumerable<string> NamesIn(string text)
    {
        foreach (var (_, name) in Parts(text))
        {
            if (name is not null)
            {
                yield return name;
            }
        }
    }

    /// <summary>Replaces every <c>${name}</c> by its value, once: a value that holds <c>${…}</c> itself is left as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">The values.</param>
    /// <param name="result">The text with values, or the name of the first variable that has none.</param>
    /// <returns>Whether every variable has a value.</returns>
    public static bool TryFill(string text, IReadOnlyDictionary<string, string> values, out string result)
    {
        var filled = new StringBuilder(text.Length);
        foreach (var (literal, name) in Parts(text))
        {
            filled.Append(literal);
            if (name is null)
            {
                continue;
            }

            if (!values.TryGetValue(name, out var value))
            {
                result = name;
                return false;
            }

            filled.Append(value);
        }

        result = filled.ToString();
        return true;
    }

    /// <summary>Text without control characters, bounded: what becomes a value or a message. Control characters become <c>?</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The most characters kept, from the start.</param>
    public static string Clean(string text, int maximum)
    {
        var cut = text.Length > maximum ? text[..(char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum)] : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private static IEnumerable<(string Literal, string? Name)> Parts(string text)
    {
        var from = 0;
        while (from < text.Length)
        {
            var start = text.IndexOf("${", from, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            var name = text[(start + 2)..end];
            if (IsName(name))
            {
                yield return (text[from..start], name);
                from = end + 1;
            }
            else
            {
                yield return (text[from..(start + 2)], null);
                from = start + 2;
            }
        }

        yield return (text[from..], null);
    }
}
