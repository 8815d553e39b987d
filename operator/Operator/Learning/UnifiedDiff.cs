using System.Text;

namespace RunbookOperator.Learning;

/// <summary>The difference between two texts as people read it and <c>patch</c> takes it, for changes in one place: what a proposal does. The
/// unified format of POSIX diff(1), with three lines around. Pure.</summary>
internal static class UnifiedDiff
{
    private const int Around = 3;
    private const string NoNewline = "\\ No newline at end of file\n";

    /// <summary>The patch; empty if both are the same.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="before">Its text.</param>
    /// <param name="after">Its new text.</param>
    public static string Of(string file, string before, string after)
    {
        if (before == after)
        {
            return "";
        }

        var (old, now) = (Lines(before), Lines(after));
        var first = Common(old, now, 0);
        var last = Math.Min(Common([.. old.AsEnumerable().Reverse()], [.. now.AsEnumerable().Reverse()], 0), Math.Min(old.Count, now.Count) - first);
        var begin = Math.Max(0, first - Around);
        var (oldEnd, newEnd) = (Math.Min(old.Count, old.Count - last + Around), Math.Min(now.Count, now.Count - last + Around));
        var text = new StringBuilder($"--- a/{file}\n+++ b/{file}\n@@ -{Range(begin, oldEnd)} +{Range(begin, newEnd)} @@\n");
        Add(text, ' ', old[begin..first]);
        Add(text, '-', old[first..^last]);
        Add(text, '+', now[first..^last]);
        Add(text, ' ', old[(old.Count - last)..oldEnd]);
        return text.ToString();
    }

    /// <summary>Whether a patch of <see cref="Of"/> is carried out in a text: what it adds stands there in one piece, and what it removes does not.</summary>
    public static bool IsIn(string patch, string text)
    {
        var body = patch.Split('\n').SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)).ToList();
        var (added, removed) = (Block(body, '+'), Block(body, '-'));
        var there = "\n" + text.ReplaceLineEndings("\n") + "\n";
        return added + removed is not "" && (added.Length == 0 || there.Contains($"\n{added}\n", StringComparison.Ordinal))
            && (removed.Length == 0 || !there.Contains($"\n{removed}\n", StringComparison.Ordinal));
    }

    private static string Block(List<string> body, char sign) => string.Join('\n', body.Where(line => line.StartsWith(sign)).Select(line => line[1..].TrimEnd('\r')));

    private static int Common(List<string> one, List<string> other, int from)
    {
        var count = from;
        while (count < one.Count && count < other.Count && one[count] == other[count])
        {
            count++;
        }

        return count;
    }

    private static string Range(int begin, int end) => end == begin ? $"{begin},0" : end - begin == 1 ? $"{begin + 1}" : $"{begin + 1},{end - begin}";

    // Each line with its end: a last one without is another line than one with.
    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static void Add(StringBuilder text, char sign, List<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(sign).Append(line);
            if (!line.EndsWith('\n'))
            {
                text.Append('\n').Append(NoNewline);
            }
        }
    }
}
