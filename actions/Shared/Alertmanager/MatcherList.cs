using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Several matchers in Alertmanager's syntax with commas between them.</summary>
internal static class MatcherList
{
    /// <summary>The most matchers of one list.</summary>
    public const int Maximum = 20;

    /// <summary>Reads <c>alertname="X",severity=~"warning|critical"</c>.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static IReadOnlyList<Matcher> Parse(string name, string text)
    {
        var matchers = new List<Matcher>();
        foreach (var part in Cut(text).Where(part => part.Trim().Length > 0))
        {
            matchers.Add(Matcher.TryParse(part, out var matcher, out var error) ? matcher : throw new ActionException($"the input {name}: {error}"));
        }

        return matchers.Count is > 0 and <= Maximum ? matchers : throw new ActionException($"the input {name} must hold 1 to {Maximum} matchers");
    }

    /// <summary>Reads what can be read while values are missing: those matchers that hold none, and those whose value is one variable in quotes.</summary>
    public static IEnumerable<(string Text, bool IsOpen)> Parts(string text) => Cut(text).Select(part => (part.Trim(), Variables.NamesIn(part).Any()));

    // A comma inside quotes divides nothing; a backslash takes the next sign with it.
    private static IEnumerable<string> Cut(string text)
    {
        var (start, quoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    yield return text[start..at];
                    start = at + 1;
                    break;
            }
        }

        yield return text[start..];
    }
}
