namespace RunbookOperator.Sync;

/// <summary>Bounds of the sync.</summary>
internal static class SyncLimits
{
    /// <summary>How often a repository is looked at, at most.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(10);

    /// <summary>How often a repository is looked at if nothing is said.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long one Git command may take if nothing is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long one Git command may take at most: less than a pass may take.</summary>
    public static readonly TimeSpan MaximumTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The part of an interval by which a wait may be longer, so that repositories do not march in step.</summary>
    public const double Jitter = 0.1;

    /// <summary>Runbooks that are written at the same time.</summary>
    public const int Parallelism = 8;

    /// <summary>Objects in one page of a list.</summary>
    public const int PageSize = 500;
}
