namespace RunbookOperator.Policies;

/// <summary>One answer, and where it comes from.</summary>
/// <param name="Value">What holds.</param>
/// <param name="Policy">The policy that says so, as namespace/name; <see cref="PolicySource.BuiltIn"/> if none does.</param>
public sealed record Answer<T>(T Value, string Policy)
{
    /// <summary>What the policy says if it says anything, else this.</summary>
    internal Answer<T> Or(Answer<T>? said) => said ?? this;

    /// <summary>The tighter of the two; of equal ones this.</summary>
    /// <param name="said">What another policy says; null if nothing.</param>
    /// <param name="tighter">Whether its first argument is tighter than its second.</param>
    internal Answer<T> Tighten(Answer<T>? said, Func<T, T, bool> tighter) => said is not null && tighter(said.Value, Value) ? said : this;
}
