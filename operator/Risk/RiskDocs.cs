using System.Text;

namespace RunbookOperator.Risk;

/// <summary>Text for the documentation that is made from the rules.</summary>
public static class RiskDocs
{
    /// <summary>The table of all rules in Markdown, as <c>docs/risk.md</c> holds it.</summary>
    public static string Table()
    {
        var table = new StringBuilder("| Rule | Level | What | Why |\n|---|---|---|---|\n");
        foreach (var rule in RiskRules.All)
        {
            table.Append($"| `{rule.Id}` | {rule.Level.ToText()} | {Cell(rule.Title)} | {Cell(rule.Explanation)} |\n");
        }

        return table.ToString();
    }

    /// <summary>The page <paramref name="text"/> with the table of rules brought up to date; what stands before and behind it is kept.</summary>
    public static string Update(string text)
    {
        var lines = text.Split('\n').ToList();
        var start = lines.FindIndex(line => line.StartsWith("| Rule | Level |", StringComparison.Ordinal));
        if (start < 0)
        {
            throw new InvalidDataException("The page has no table of rules.");
        }

        var end = lines.FindIndex(start, line => !line.StartsWith('|'));
        lines.RemoveRange(start, (end < 0 ? lines.Count : end) - start);
        lines.InsertRange(start, Table().TrimEnd('\n').Split('\n'));
        return string.Join('\n', lines);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
