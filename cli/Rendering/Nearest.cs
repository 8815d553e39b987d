namespace RunbookOperator.Cli.Rendering;

/// <summary>Guesses what was meant by a name that is not there.</summary>
internal static class Nearest
{
    /// <summary>Names longer than this are not compared.</summary>
    public const int MaximumLength = 256;

    /// <summary>The candidate that needs the fewest changes to become <paramref name="name"/>, if they are at most a third of its length; one
    /// that begins with <paramref name="name"/> or holds it counts as near. Null if none is near.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaximumLength || name.Length > MaximumLength)
            {
                continue;
            }

            var cost = name.Length > 0 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(name, candidate);
            if (cost < least)
            {
                (best, least) = (candidate, cost);
            }
        }

        return least <= Math.Max(1, name.Length / 3) ? best : null;
    }

    /// <summary><c>; did you mean x?</c>, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) => To(name, candidates) is { } near ? $"; did you mean {Plain.Line(near)}?" : "";

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
