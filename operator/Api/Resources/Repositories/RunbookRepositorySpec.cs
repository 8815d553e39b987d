namespace RunbookOperator.Api;

/// <summary>Which repository, which part of it, and who applies it.</summary>
[Rules<RepositorySpecRules>]
public sealed record RunbookRepositorySpec
{
    /// <summary>Address of the repository: https or ssh. file: and loopback addresses only where the operator's settings allow local repositories.</summary>
    [Text(Limits.Address, Minimum = 1, Pattern = "^(https|ssh|file|http)://[^\\s]+$")]
    public required string Url { get; init; }

    /// <summary>What to follow: one of branch, tag or commit. Defaults to the branch main.</summary>
    public GitReference? Ref { get; init; }

    /// <summary>Folder in the repository that holds the runbooks. Files outside it are not read. Defaults to the whole repository.</summary>
    [Text(Limits.Address), Default("\"./\"")]
    public string? Path { get; init; }

    /// <summary>How often the repository is looked at. At least 10s; defaults to 1m. Each wait is jittered.</summary>
    [Default("\"1m\"")]
    public Duration? Interval { get; init; }

    /// <summary>How long one Git command may take. Defaults to 60s.</summary>
    [Default("\"60s\"")]
    public Duration? Timeout { get; init; }

    /// <summary>Secret with the credentials, under Flux's keys: username and password, or bearerToken; ca.crt; for ssh identity and known_hosts;
    /// githubAppID, githubAppInstallationID, githubAppPrivateKey and githubAppBaseURL. It carries the label runbooks.dev/use: git and is read
    /// as serviceAccountName.</summary>
    public SecretReference? SecretRef { get; init; }

    /// <summary>Whose signatures count. A commit that none of them has signed is never applied. Absent asks for no signature.</summary>
    public CommitVerification? Verification { get; init; }

    /// <summary>Whether a runbook whose file is gone is deleted. Nothing is deleted after a failed or empty read. Defaults to true.</summary>
    [Default("true")]
    public bool? Prune { get; init; }

    /// <summary>Whether the sync stops; what is in the cluster stays. Defaults to false.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Kinds that are applied. Documents of other kinds are passed over. Defaults to Runbook alone.</summary>
    [Items(2, Minimum = 1, Set = true), Text(Limits.Label, Values = [nameof(Runbook), nameof(RunbookPolicy)]), Default("[\"Runbook\"]")]
    public List<string>? Kinds { get; init; }

    /// <summary>Service account in this namespace that applies the runbooks; the operator impersonates it.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string ServiceAccountName { get; init; }

    /// <summary>Calls of the forge that make the sync look at once. Absent takes none.</summary>
    public RepositoryWebhook? Webhook { get; init; }

    /// <summary>Where proposals go. Absent means that none are made.</summary>
    public PullRequestSettings? PullRequests { get; init; }
}

/// <summary>What of a repository is followed.</summary>
[Rules<GitReferenceRules>]
public sealed record GitReference
{
    /// <summary>A branch. Defaults to main.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? Branch { get; init; }

    /// <summary>A tag.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? Tag { get; init; }

    /// <summary>A commit by its full SHA-1.</summary>
    [Text(40, Pattern = "^[0-9a-f]{40}$")]
    public string? Commit { get; init; }
}
