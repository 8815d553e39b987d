namespace RunbookOperator.Documents.Schema;

/// <summary>The word that was probably meant.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary><c>; did you mean "x"?</c>, or nothing if no candidate is near.</summary>
    public static string For(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return string.Empty;
        }

        var limit = Math.Max(1, word.Length / 3);
        var (best, distance) = (string.Empty, limit + 1);
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var found = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (found < distance)
            {
                (best, distance) = (candidate, found);
            }
        }

        return distance <= limit ? $"; did you mean \"{best}\"?" : string.Empty;
    }

    // Insertions, deletions, replacements, and two neighbours swapped, count one each.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
