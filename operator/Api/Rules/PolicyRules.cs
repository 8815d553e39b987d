namespace RunbookOperator.Api;

/// <summary>Rules of who must approve.</summary>
internal sealed class RiskApprovalRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RiskApproval>(
            "!has(self.typedConfirmation) || !self.typedConfirmation || !has(self.required) || self.required > 0",
            "typedConfirmation needs somebody who types: required is at least 1",
            self => self.TypedConfirmation != true || self.Required is not 0),
    ];
}
