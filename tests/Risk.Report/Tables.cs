using System.Text;

namespace RunbookOperator.RiskReport;

/// <summary>The report as Markdown.</summary>
internal static class Tables
{
    private static readonly string[] Levels = ["safe", "caution", "dangerous"];
    private static readonly string[] Confidences = ["high", "medium", "low"];

    /// <summary>How each label was answered.</summary>
    public static string ByLabel(IReadOnlyList<LabelledCommand> commands)
    {
        var text = new StringBuilder().AppendLine("| label | confidence | commands | called safe | caution | dangerous |").AppendLine("|---|---|---|---|---|---|");
        var groups = from label in Levels
                     from confidence in Confidences
                     let some = commands.Where(command => command.Label == label && command.Confidence == confidence).ToList()
                     where some.Count > 0
                     select $"| {label} | {confidence} | {some.Count} | {string.Join(" | ", Levels.Select(level => some.Count(command => command.Answer == level)))} |";
        return text.AppendJoin('\n', groups).AppendLine().ToString();
    }

    /// <summary>How each category was answered, the worst first.</summary>
    public static string ByCategory(IReadOnlyList<LabelledCommand> commands)
    {
        var text = new StringBuilder().AppendLine("| category | commands | as labelled | called less risky | called more risky |").AppendLine("|---|---|---|---|---|");
        var groups = from command in commands
                     group command by command.Category into category
                     let raised = category.Count(command => command.Deviation > 0)
                     orderby raised descending, category.Key
                     select $"| {category.Key} | {category.Count()} | {category.Count(command => command.Deviation == 0)} | {category.Count(command => command.Deviation < 0)} | {raised} |";
        return text.AppendJoin('\n', groups).AppendLine().ToString();
    }

    /// <summary>Every command called otherwise than it is labelled, and by which rules.</summary>
    public static string Misses(IReadOnlyList<LabelledCommand> commands) =>
        string.Join('\n', from command in commands
                          where command.Deviation != 0
                          orderby command.Label, command.Confidence, command.Answer
                          let rules = command.Verdict.Reasons.Where(reason => reason.Level == command.Verdict.Level).Select(reason => reason.Rule).Distinct()
                          select $"{command.Label}/{command.Confidence} called {command.Answer} by {string.Join(", ", rules)}: {command.Id} {command.Command.ReplaceLineEndings("⏎")}") + "\n";

    /// <summary>What must hold, and whether it does.</summary>
    public static string Of(IReadOnlyList<Requirement> requirements)
    {
        var text = new StringBuilder().AppendLine("| required | measured | holds |").AppendLine("|---|---|---|");
        foreach (var requirement in requirements)
        {
            text.AppendLine($"| {requirement.Text} | {requirement.Count} of {requirement.Total} | {(requirement.IsMet ? "yes" : "NO")} |");
        }

        return text.ToString();
    }
}
