using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>A Git repository whose runbooks are kept in step with its own namespace, and where pull requests about them go.</summary>
[CustomResource("runbookrepositories", ShortNames = ["rbrepo"], Categories = ["runbooks-dev"], MaximumName = Limits.Name)]
[PrinterColumn("URL", ".spec.url")]
[PrinterColumn("REVISION", ".status.lastAppliedRevision")]
[PrinterColumn("RUNBOOKS", ".status.counts.runbooks", Type = "integer")]
[PrinterColumn("INVALID", ".status.counts.invalid", Type = "integer")]
[PrinterColumn("READY", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
public sealed record RunbookRepository : CustomResource<RunbookRepositorySpec, RunbookRepositoryStatus>, IKubernetesObject<RunbookRepository>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookRepository), "runbookrepositories");

    /// <inheritdoc/>
    public override string? Kind { get; init; } = nameof(RunbookRepository);
}

/// <summary>Which repository, which part of it, and who applies it.</summary>
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

    /// <summary>Secret with the credentials, under Flux's keys: username and password, or bearerToken; ca.crt. It carries the label
    /// runbooks.dev/use: git and is read as serviceAccountName.</summary>
    public SecretReference? SecretRef { get; init; }

    /// <summary>Whether a runbook whose file is gone is deleted. Nothing is deleted after a failed or empty read. Defaults to true.</summary>
    [Default("true")]
    public bool? Prune { get; init; }

    /// <summary>Stops the sync; what is in the cluster stays.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Service account in this namespace that applies the runbooks; the operator impersonates it.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string ServiceAccountName { get; init; }

    /// <summary>Where proposals go. Absent means that none are made.</summary>
    public PullRequestSettings? PullRequests { get; init; }
}

/// <summary>What of a repository is followed.</summary>
[Rule("[has(self.branch), has(self.tag), has(self.commit)].filter(x, x).size() <= 1", "give one of branch, tag or commit")]
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

/// <summary>How proposals are handed over.</summary>
public sealed record PullRequestSettings
{
    /// <summary>git pushes a branch and writes its description beside it, as a note under refs/notes/pull-requests.</summary>
    [Text(16, Values = ["git"])]
    public required string Provider { get; init; }

    /// <summary>Secret with credentials that may push. Defaults to the repository's own.</summary>
    public SecretReference? SecretRef { get; init; }

    /// <summary>Branch that proposals are made against. Defaults to the one that is followed.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? BaseBranch { get; init; }

    /// <summary>Begin of the names of proposed branches. Defaults to runbooks/.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$"), Default("\"runbooks/\"")]
    public string? BranchPrefix { get; init; }

    /// <summary>Who commits. Defaults to the operator.</summary>
    public GitAuthor? Author { get; init; }
}

/// <summary>The author of a commit.</summary>
public sealed record GitAuthor
{
    /// <summary>Name of the author.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Name { get; init; }

    /// <summary>Mail address of the author.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Email { get; init; }
}

/// <summary>What was read and applied.</summary>
public sealed record RunbookRepositoryStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Revision whose runbooks are in the cluster, such as main@sha1:4e1c....</summary>
    [Text(Limits.Address)]
    public string? LastAppliedRevision { get; init; }

    /// <summary>Revision that was read last.</summary>
    [Text(Limits.Address)]
    public string? LastAttemptedRevision { get; init; }

    /// <summary>Value of the annotation runbooks.dev/requestedAt that was answered last.</summary>
    [Text(Limits.Line)]
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>How many runbooks there are, and how many files cannot be used.</summary>
    public RepositoryCounts? Counts { get; init; }

    /// <summary>What is wrong with which file: the first 50.</summary>
    [Items(Limits.Problems)]
    public List<RepositoryProblem>? Problems { get; init; }

    /// <summary>Problems beyond those listed.</summary>
    public int? MoreProblems { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(16, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Numbers of a sync.</summary>
public sealed record RepositoryCounts
{
    /// <summary>Runbooks in the cluster that come from this repository.</summary>
    public int Runbooks { get; init; }

    /// <summary>Files that could not be used; their runbooks stay at their last good content.</summary>
    public int Invalid { get; init; }
}

/// <summary>One thing wrong with one file.</summary>
public sealed record RepositoryProblem
{
    /// <summary>Path of the file in the repository.</summary>
    [Text(Limits.Address)]
    public required string File { get; init; }

    /// <summary>Line, from 1; 0 if the whole file is meant.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if the whole line is meant.</summary>
    public int Column { get; init; }

    /// <summary>Id of the rule that was broken; runbook explain tells more.</summary>
    [Text(Limits.Label)]
    public string? Rule { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    [Text(Limits.Message)]
    public required string Message { get; init; }
}
