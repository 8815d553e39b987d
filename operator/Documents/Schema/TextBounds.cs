using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Schema;

/// <summary>Holds a text against its bounds. Lengths are in code points, as the API server counts.</summary>
internal static class TextBounds
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static bool Check(string text, TextAttribute bounds, string path, DocumentPosition at, ProblemList problems)
    {
        var length = text.EnumerateRunes().Count();
        if (length > bounds.Maximum)
        {
            problems.Error(RuleIds.Bounds, at, $"{path} has {length} characters; the most is {bounds.Maximum}");
        }
        else if (length < bounds.Minimum)
        {
            problems.Error(RuleIds.Bounds, at, length == 0 ? $"{path} is empty" : $"{path} has {length} characters; the least is {bounds.Minimum}");
        }
        else if (bounds.Values.Length > 0 && !bounds.Values.Contains(text))
        {
            problems.Error(RuleIds.Values, at,
                $"{path} is {ProblemList.Quote(text)}; it must be one of {string.Join(", ", bounds.Values)}{Suggestion.For(text, bounds.Values)}");
        }
        else if (bounds.Pattern is { } pattern && !Patterns.GetOrAdd(pattern, Compile).IsMatch(text))
        {
            problems.Error(RuleIds.Bounds, at, $"{path} is {ProblemList.Quote(text)}; it must match {pattern}");
        }
        else
        {
            return true;
        }

        return false;
    }

    private static Regex Compile(string pattern) => Re2.TryCompile(pattern, Re2Scope.Search, out var regex, out var error)
        ? regex
        : throw new UnreachableException($"{pattern}: {error}");
}
