namespace RunbookOperator.Risk.Languages.Http;

/// <summary>Finds requests that only ask, by their method, and do something all the same: paths and parameters that name a deed.</summary>
internal static class HttpActs
{
    /// <summary>Whether asking for this acts in a way that is bounded, such as a reload.</summary>
    public static bool IsBounded(HttpUrl url) =>
        url.LastNames.Any(name => HttpTable.Has("restarts", name.ToLowerInvariant()))
        || (HttpTable.Has("actsWithParameters", Last(url)) && url.Query.Length > 0);

    /// <summary>Whether asking for this destroys, stops or runs something.</summary>
    public static bool Acts(HttpUrl url)
    {
        var segments = url.Segments;
        // `/-/quit`: what stands behind a dash is the server's own control.
        return url.LastNames.Any(IsDeed)
            || segments.Zip(segments.Skip(1)).Any(pair => pair.First == "-" && IsDeed(pair.Second))
            || segments.Any(part => HttpTable.Has("actsAnywhere", part))
            || IsKubelet(segments) || IsJolokia(segments)
            || url.Parameters.Any(one => ActsByParameter(one) || IsDeedOfQuery(one));
    }

    /// <summary>Whether a parameter says what shall be done, or holds a statement that destroys.</summary>
    public static bool ActsByParameter((string Name, string Value) one) =>
        (HttpTable.Has("actionParameters", one.Name) && !HttpTable.Has("readActions", one.Value))
        || one.Value.Split(' ', '+', '(', ';', ',', '"', '\'', '{', '}', '\n', '\t').Any(word => HttpTable.Has("destroyingValues", word));

    // `?purge=all`, `?delete`, `?sql=insert into …`.
    private static bool IsDeedOfQuery((string Name, string Value) one) =>
        (HttpTable.Has("deedParameters", one.Name) && !HttpTable.Has("refusals", one.Value))
        || one.Name.AsSpan().IndexOfAny('{', '}') >= 0
        || (HttpTable.Has("statementParameters", one.Name) && HttpTable.Has("changingStatements", one.Value.TrimStart(' ', '+', '(', '\n', '\t').Split(' ', '+', '\n', '\t')[0]));

    private static string Last(HttpUrl url) => url.LastNames is [.., var last] ? last.ToLowerInvariant() : "";

    /// <summary>Whether a name is a deed as a whole, or one with an object: <c>safeRestart</c>, <c>delete_all</c>, but not <c>restart_count</c>.</summary>
    private static bool IsDeed(string name)
    {
        var lower = name.ToLowerInvariant();
        if (HttpTable.Has("acts", lower) || HttpTable.Has("restarts", lower))
        {
            return !HttpTable.Has("restarts", lower);
        }

        var words = Words(name).ToList();
        return words.Count > 1 && !words.Exists(word => HttpTable.Has("lookWords", word))
            && (HttpTable.Has("deedWords", words[0]) || HttpTable.Has("deedWords", words[^1]));
    }

    /// <summary>The words of a name, in lower case: divided by anything that is no letter, and before capitals.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var at = 0; at <= name.Length; at++)
        {
            var isLetter = at < name.Length && char.IsAsciiLetter(name[at]);
            var isHump = isLetter && at > 0 && char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]);
            if ((!isLetter || isHump) && at > start)
            {
                yield return name[start..at].ToLowerInvariant();
            }

            start = isHump ? at : isLetter ? start : at + 1;
        }
    }

    // `/run/NAMESPACE/POD/CONTAINER` of the kubelet, by itself or behind `proxy`.
    private static bool IsKubelet(IReadOnlyList<string> segments) => segments is ["run" or "exec" or "attach" or "portforward", _, _, ..];

    // Its paths begin with what shall be done.
    private static bool IsJolokia(IReadOnlyList<string> segments) =>
        segments.Zip(segments.Skip(1)).Any(pair => pair.First is "jolokia" or "jmx" && pair.Second is not ("read" or "list" or "search" or "version"));
}
