namespace RunbookOperator.Risk;

/// <summary>Why a part of a command has its level.</summary>
/// <param name="Rule">Id of the rule in <see cref="RiskRules"/>, for <c>runbook explain</c>.</param>
/// <param name="Level">What the rule says of this part.</param>
/// <param name="Span">The part, always inside the text that was classified.</param>
/// <param name="Message">One sentence for a person: "`kubectl delete` deletes objects". Control characters are shown escaped.</param>
public sealed record RiskReason(string Rule, RiskLevel Level, TextSpan Span, string Message);
