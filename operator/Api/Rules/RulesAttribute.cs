namespace RunbookOperator.Api;

/// <summary>The rules of one type.</summary>
public interface IRuleSet
{
    /// <summary>The rules, in the order in which they are told.</summary>
    static abstract IReadOnlyList<Rule> Rules { get; }
}

/// <summary>Names the rules across the fields of a type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RulesAttribute : Attribute
{
    /// <summary>The rules, in the order in which they are told.</summary>
    public abstract IReadOnlyList<Rule> Rules { get; }
}

/// <summary>Names the rules across the fields of a type.</summary>
/// <typeparam name="T">Holds them.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RulesAttribute<T> : RulesAttribute
    where T : IRuleSet
{
    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules => T.Rules;
}
