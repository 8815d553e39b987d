using System.Collections.Frozen;

namespace RunbookOperator.Risk;

/// <summary>
/// What is known of the environment a command runs in: the names that hold bounded values (a runbook's parameters and outputs).
/// A bounded value is not empty, is made of letters, digits and <c>._:/@%+,-</c>, does not begin with <c>-</c> and holds no
/// <c>..</c>: it stays one word without quotes and cannot be a flag. Any other name is unknown.
/// </summary>
public sealed record RiskVariables
{
    /// <summary>An environment of which nothing is known.</summary>
    public static RiskVariables None { get; } = new([]);

    private readonly FrozenSet<string> _bounded;

    /// <summary>An environment in which <paramref name="bounded"/> name bounded values.</summary>
    public RiskVariables(IEnumerable<string> bounded)
    {
        ArgumentNullException.ThrowIfNull(bounded);
        _bounded = bounded.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The names of bounded values.</summary>
    public IReadOnlySet<string> Bounded => _bounded;

    /// <summary>Whether <paramref name="name"/> is a bounded value.</summary>
    public bool IsBounded(string name) => _bounded.Contains(name);

    /// <inheritdoc/>
    public bool Equals(RiskVariables? other) => other is not null && _bounded.SetEquals(other._bounded);

    /// <inheritdoc/>
    public override int GetHashCode() => _bounded.Count;
}
