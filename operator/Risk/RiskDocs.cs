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

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
