namespace RunbookOperator.Risk;

/// <summary>The answer about one command.</summary>
/// <param name="Level">The level of its riskiest part.</param>
/// <param name="Reasons">What was found, riskiest first and then in the order of the text; never empty, also when safe.</param>
public sealed record RiskVerdict(RiskLevel Level, IReadOnlyList<RiskReason> Reasons);
