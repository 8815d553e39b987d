namespace RunbookOperator.Git;

/// <summary>Where mirrors are kept, and which addresses are allowed.</summary>
internal sealed record GitOptions
{
    /// <summary>Folder of the mirrors. It is a cache: what is in it may be deleted at any time while the operator is down.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Whether <c>file:</c>, <c>http:</c> and loopback addresses are allowed. For tests and demonstrations on one machine.</summary>
    public bool AllowLocalRepositories { get; init; }

    /// <summary>The program. Found in PATH by default.</summary>
    public string Program { get; init; } = "git";
}
