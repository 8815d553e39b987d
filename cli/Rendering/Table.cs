namespace RunbookOperator.Cli.Rendering;

/// <summary>Rows under headings, as kubectl aligns them: three spaces apart, nothing behind the last.</summary>
internal static class Table
{
    /// <summary>What stands in an empty cell, so that programs that split a line at its spaces find every column.</summary>
    public const string Empty = "-";

    private const int Gap = 3;

    /// <summary>The lines, the headings first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        List<string[]> cells = [[.. headings], .. rows.Select(row => row.Select(Cell).ToArray())];
        var widths = headings.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        return cells.Select(row => string.Concat(row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column] + Gap))));
    }

    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? Empty : Plain.Line(text);
}
