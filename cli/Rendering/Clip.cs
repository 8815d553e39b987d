namespace RunbookOperator.Cli.Rendering;

/// <summary>Bounds what a run may print on a screen. All of it stays in the object.</summary>
internal static class Clip
{
    /// <summary>The most lines of a step's output that are shown: the last ones.</summary>
    public const int OutputLines = 20;

    /// <summary>The most characters of a line of output that are shown: the first ones.</summary>
    public const int OutputWidth = 200;

    /// <summary>The last lines of an output, each cut, with a line that says how many are not shown.</summary>
    public static IEnumerable<string> Output(string? output, bool truncated)
    {
        var lines = Plain.Lines(output);
        var hidden = Math.Max(0, lines.Count - OutputLines);
        if (hidden > 0 || truncated)
        {
            yield return hidden > 0 ? $"… {hidden} more lines before" : "… more before";
        }

        foreach (var line in lines.Skip(hidden))
        {
            yield return Width(line, OutputWidth);
        }
    }

    /// <summary>The line, cut to <paramref name="width"/> with an ellipsis.</summary>
    public static string Width(string line, int width)
    {
        if (line.Length <= width)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[width - 2]) ? width - 2 : width - 1;
        return line[..end] + "…";
    }
}
