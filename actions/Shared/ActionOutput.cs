using System.Text;

namespace RunbookOperator.Actions;

/// <summary>The text that actions answer with.</summary>
internal static class ActionOutput
{
    /// <summary>The largest output of an action, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 64 * 1024;

    private const int RoomForNote = 64;

    /// <summary>Whole lines from the start, as many as fit, and a line that says how many did not.</summary>
    public static string KeepStart(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        var bytes = 0;
        var left = 0;
        foreach (var line in lines)
        {
            bytes += Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > MaximumBytes - RoomForNote)
            {
                left++;
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        return left == 0 ? text.ToString() : text.Append($"({left} more lines are not shown)\n").ToString();
    }

    /// <summary>Whole lines up to the end, as many as fit, behind a line that says how many did not.</summary>
    public static string KeepEnd(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        var (from, bytes) = (all.Count, 0);
        while (from > 0 && (bytes += Encoding.UTF8.GetByteCount(all[from - 1]) + 1) <= MaximumBytes - RoomForNote)
        {
            from--;
        }

        var text = new StringBuilder(from == 0 ? "" : $"({from} lines before are not shown)\n");
        foreach (var line in all.Skip(from))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A table as kubectl prints it: columns padded to their widest cell, three spaces between them.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        return rows.Prepend(header).Select(row => string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>A length of time as kubectl prints it: <c>45s</c>, <c>12m</c>, <c>5h</c>, <c>3d</c>; <c>-</c> if it is not known.</summary>
    public static string Age(DateTimeOffset? since, DateTimeOffset now) => (now - since) switch
    {
        null => "-",
        { TotalSeconds: < 0 } => "0s",
        { TotalMinutes: < 2 } age => $"{(int)age.TotalSeconds}s",
        { TotalHours: < 2 } age => $"{(int)age.TotalMinutes}m",
        { TotalDays: < 2 } age => $"{(int)age.TotalHours}h",
        { } age => $"{(int)age.TotalDays}d",
    };
}
