namespace RunbookOperator.Policies;

/// <summary>Knows which policy holds where.</summary>
internal interface IPolicies
{
    /// <summary>What holds for a run in a namespace.</summary>
    /// <param name="ns">The run's namespace.</param>
    /// <param name="target">Another namespace that a step touches, whose policies count as well; null for none.</param>
    EffectivePolicy For(string ns, string? target = null);
}
