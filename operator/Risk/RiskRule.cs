namespace RunbookOperator.Risk;

/// <summary>One rule that a verdict can name.</summary>
/// <param name="Id">Stable id: lower case, parts joined by dots, the family first (<c>kubectl.delete</c>).</param>
/// <param name="Title">What the rule is about, a few words.</param>
/// <param name="Level">The level it gives.</param>
/// <param name="Explanation">Why, and what to write instead where there is something: one to three sentences.</param>
public sealed record RiskRule(string Id, string Title, RiskLevel Level, string Explanation);
