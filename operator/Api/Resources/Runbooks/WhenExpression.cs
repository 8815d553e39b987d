using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>One condition on a variable or on an earlier step, or several of which one must hold.</summary>
[Rules<WhenRules>]
public sealed record WhenExpression : WhenComparison
{
    /// <summary>Conditions of which one must hold; in place of all other fields.</summary>
    [Items(Limits.When, Minimum = 1)]
    public List<WhenCondition>? Any { get; init; }
}

/// <summary>One condition on a variable or on an earlier step.</summary>
[Rules<WhenConditionRules>]
public sealed record WhenCondition : WhenComparison;

/// <summary>What a condition says, alone or among several.</summary>
public abstract record WhenComparison
{
    /// <summary>Name of a parameter or an output.</summary>
    [Text(Limits.Label, Minimum = 1)]
    public string? Variable { get; init; }

    /// <summary>Name of an earlier step.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public string? Step { get; init; }

    /// <summary>How to compare. Succeeded, Failed and Skipped are for steps, the rest for variables. GreaterThan and LessThan compare numbers; a
    /// value that is no number does not hold.</summary>
    public WhenOperator? Operator { get; init; }

    /// <summary>What to compare with: several for In and NotIn, one for GreaterThan, LessThan and Matches, none for the rest.</summary>
    [Items(Limits.List), Text(Limits.Value)]
    public List<string>? Values { get; init; }
}

/// <summary>How a condition compares.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WhenOperator>))]
public enum WhenOperator
{
    /// <summary>The variable is one of the values.</summary>
    In,

    /// <summary>The variable is none of the values, or not set.</summary>
    NotIn,

    /// <summary>The variable is set.</summary>
    Exists,

    /// <summary>The variable is not set.</summary>
    DoesNotExist,

    /// <summary>The variable is a number above the value.</summary>
    GreaterThan,

    /// <summary>The variable is a number below the value.</summary>
    LessThan,

    /// <summary>The variable as a whole matches the RE2 expression.</summary>
    Matches,

    /// <summary>The step succeeded.</summary>
    Succeeded,

    /// <summary>The step failed.</summary>
    Failed,

    /// <summary>The step was skipped.</summary>
    Skipped,
}
