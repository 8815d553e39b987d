namespace RunbookOperator.Api;

/// <summary>Rules of a condition, alone or one of several.</summary>
internal sealed class WhenConditionRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<WhenComparison>("has(self.operator)", "give an operator", self => self.Operator is not null),
        Rule.Of<WhenComparison>("has(self.variable) != has(self.step)", "give one of variable or step", HasOneSubject),
        .. Comparisons,
    ];

    /// <summary>Rules of what is compared with what; they hold where there is no operator.</summary>
    internal static IReadOnlyList<Rule> Comparisons =>
    [
        Rule.Of<WhenComparison>(
            "!has(self.operator) || has(self.step) == (self.operator in ['Succeeded', 'Failed', 'Skipped'])",
            "Succeeded, Failed and Skipped are for steps, all other operators for variables",
            self => self.Operator is null || self.Step is not null == self.Operator is WhenOperator.Succeeded or WhenOperator.Failed or WhenOperator.Skipped).As(Rule.Comparison),
        Rule.Of<WhenComparison>(
            "!has(self.operator) || (self.operator in ['In', 'NotIn'] ? has(self.values) && self.values.size() > 0"
                + " : self.operator in ['GreaterThan', 'LessThan', 'Matches'] ? has(self.values) && self.values.size() == 1"
                + " : !has(self.values) || self.values.size() == 0)",
            "In and NotIn take at least one value, GreaterThan, LessThan and Matches exactly one, all other operators none",
            self => HasItsValues(self.Operator, self.Values?.Count ?? 0)).As(Rule.Comparison),
    ];

    internal static bool HasOneSubject(WhenComparison self) => self.Variable is not null != (self.Step is not null);

    private static bool HasItsValues(WhenOperator? with, int values) => with switch
    {
        null => true,
        WhenOperator.In or WhenOperator.NotIn => values > 0,
        WhenOperator.GreaterThan or WhenOperator.LessThan or WhenOperator.Matches => values == 1,
        _ => values == 0,
    };
}

/// <summary>Rules of an entry of when.</summary>
internal sealed class WhenRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<WhenExpression>(
            "!has(self.any) || !(has(self.variable) || has(self.step) || has(self.operator) || has(self.values))",
            "any stands alone: put the other fields into an entry of it",
            self => self.Any is null || (self.Variable is null && self.Step is null && self.Operator is null && self.Values is null)),
        Rule.Of<WhenExpression>("has(self.any) || has(self.operator)", "give an operator, or any", self => self.Any is not null || self.Operator is not null),
        Rule.Of<WhenExpression>(
            "has(self.any) || has(self.variable) != has(self.step)",
            "give one of variable or step",
            self => self.Any is not null || WhenConditionRules.HasOneSubject(self)),
        .. WhenConditionRules.Comparisons,
    ];
}
