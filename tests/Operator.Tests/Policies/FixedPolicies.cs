using RunbookOperator.Policies;

namespace RunbookOperator.Tests.Policies;

/// <summary>One policy wherever one asks, and remembers where.</summary>
internal sealed class FixedPolicies(EffectivePolicy policy) : IPolicies
{
    public List<(string Namespace, string? Target)> Asked { get; } = [];

    public EffectivePolicy For(string ns, string? target = null)
    {
        Asked.Add((ns, target));
        return policy;
    }
}
