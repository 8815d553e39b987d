namespace RunbookOperator.Risk;

/// <summary>Every rule a verdict can name, for <c>runbook explain</c> and the documentation.</summary>
public static class RiskRules
{
    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<RiskRule> All { get; } =
    [
        new("program.unknown", "Unknown program", RiskLevel.Dangerous, "Nothing is known of this program, so what it does cannot be decided."),
    ];
}
