using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk;

/// <summary>Every rule a verdict can name, for <c>runbook explain</c> and the documentation.</summary>
public static class RiskRules
{
    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<RiskRule> All => RuleBook.All;
}
