namespace RunbookOperator.Git;

/// <summary>What is read of a repository at most. What is beyond is a problem with a place, never a crash.</summary>
internal static class GitLimits
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int FileBytes = 256 * 1024;

    /// <summary>The most YAML files of one read.</summary>
    public const int Files = 50_000;

    /// <summary>The most bytes of all files of one read.</summary>
    public const int TotalBytes = 64 * 1024 * 1024;

    /// <summary>The longest path of a file, in bytes.</summary>
    public const int PathBytes = 512;

    /// <summary>The longest list that Git may print, in bytes: a tree, or a walk through the history.</summary>
    public const int ListingBytes = 64 * 1024 * 1024;

    /// <summary>The longest list of references that a server may send, in bytes.</summary>
    public const int ReferenceBytes = 1024 * 1024;

    /// <summary>How much of what Git says about an error is kept, in bytes.</summary>
    public const int ErrorBytes = 16 * 1024;

    /// <summary>Commits that are fetched. A file that last changed before them counts as changed in the oldest of them.</summary>
    public const int HistoryDepth = 50;

    /// <summary>The most notes about proposals that are read.</summary>
    public const int Notes = 5_000;
}
