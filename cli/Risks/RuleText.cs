using System.Text.Json.Nodes;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary>A rule as <c>explain</c> shows it, wherever it comes from.</summary>
/// <param name="Id">The id that verdicts and problems name.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Level">The risk that it gives; null for a rule about documents.</param>
/// <param name="Explanation">Why, and what to do.</param>
internal sealed record RuleText(string Id, string Title, string? Level, string Explanation)
{
    private const int IdWidth = 28;
    private const int LevelWidth = 10;

    /// <summary>Every rule: those about documents, then those about risk, each by id.</summary>
    public static IReadOnlyList<RuleText> All =>
    [
        .. DocumentRules.All.Select(Of).OrderBy(rule => rule.Id, StringComparer.Ordinal),
        .. RiskRules.All.Select(Of).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The rule of this id, in any case of letters, or null. The rules about risk are read only if it is none of the others: that takes
    /// half of the time that the program runs.</summary>
    public static RuleText? Find(string id) => DocumentRules.Find(id) is { } rule
        ? Of(rule)
        : RiskRules.All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } risk ? Of(risk) : null;

    /// <summary>One line of the list.</summary>
    public string Line(Paint paint) => $"{Id.PadRight(IdWidth)} {paint.Risk(Level)}{new string(' ', LevelWidth - (Level?.Length ?? 0))}{Title}";

    /// <summary>All of it.</summary>
    public IEnumerable<string> Lines(Paint paint) => [$"{paint.Bold(Id)}{(Level is null ? "" : "  ")}{paint.Risk(Level)}  {Title}", "", Explanation];

    private static RuleText Of(DocumentRule rule) => new(rule.Id, rule.Title, Level: null, rule.Explanation);

    private static RuleText Of(RiskRule rule) => new(rule.Id, rule.Title, rule.Level.ToText(), rule.Explanation);

    /// <summary>The same for programs.</summary>
    public JsonObject ToJson()
    {
        var rule = new JsonObject { ["id"] = Id };
        if (Level is not null)
        {
            rule["level"] = Level;
        }

        rule["title"] = Title;
        rule["explanation"] = Explanation;
        return rule;
    }
}
