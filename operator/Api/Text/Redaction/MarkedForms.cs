using System.Buffers;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>Expressions, each tried only on a line that holds the few characters which every text of that form has: nearly no line does.</summary>
internal sealed class MarkedForms
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly SearchValues<char> Operators = SearchValues.Create("[(\\?*+{|");

    private readonly SearchValues<string> _marks;
    private readonly (string Mark, Regex Regex)[] _forms;

    /// <summary>Expressions that begin at a word, each with its mark.</summary>
    public MarkedForms(IEnumerable<(string Mark, string Pattern)> forms)
    {
        _forms = [.. forms.Select(static form => (form.Mark, new Regex($"\\b(?:{form.Pattern})", Linear)))];
        _marks = SearchValues.Create([.. _forms.Select(static form => form.Mark)], StringComparison.Ordinal);
    }

    /// <summary>A form whose mark is the text that it begins with, or one for each of the texts.</summary>
    /// <exception cref="ArgumentException">It begins with anything.</exception>
    public static IEnumerable<(string Mark, string Pattern)> ByPrefix(string pattern)
    {
        const string open = "(?:";
        if (!pattern.StartsWith(open, StringComparison.Ordinal))
        {
            return [(Literal(pattern), pattern)];
        }

        var end = pattern.IndexOf(')', StringComparison.Ordinal);
        return end + 1 < pattern.Length && pattern[end + 1] is '?' or '*'
            ? [(Literal(pattern[(end + 2)..]), pattern)]
            : pattern[open.Length..end].Split('|').Select(prefix => (Literal(prefix), $"{prefix}{pattern[(end + 1)..]}"));
    }

    /// <summary>The line with a mark in place of each.</summary>
    public string Redact(string line)
    {
        if (!line.AsSpan().ContainsAny(_marks))
        {
            return line;
        }

        foreach (var (mark, regex) in _forms)
        {
            line = line.Contains(mark, StringComparison.Ordinal) ? regex.Replace(line, Redactor.Replacement) : line;
        }

        return line;
    }

    private static string Literal(string pattern)
    {
        var end = pattern.AsSpan().IndexOfAny(Operators);
        var literal = end < 0 ? pattern : pattern[..end];
        return literal.Length >= 2 ? literal : throw new ArgumentException($"{pattern} begins with anything", nameof(pattern));
    }
}
