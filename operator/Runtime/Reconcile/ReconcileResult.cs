namespace RunbookOperator.Runtime;

/// <summary>What follows a pass that ended without an exception.</summary>
public readonly record struct ReconcileResult
{
    private ReconcileResult(TimeSpan requeueAfter) => RequeueAfter = requeueAfter;

    /// <summary>Nothing more until something changes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>After how long the key is looked at again even if nothing changes; null for never.</summary>
    public TimeSpan? RequeueAfter { get; }

    /// <summary>Look again after <paramref name="delay"/>; zero or less means at once.</summary>
    public static ReconcileResult After(TimeSpan delay) => new(delay);
}
