namespace RunbookOperator.Api;

/// <summary>How proposals are handed over.</summary>
[Rules<PullRequestRules>]
public sealed record PullRequestSettings
{
    /// <summary>github opens pull requests there. git pushes a branch and writes its description beside it, as a note under
    /// refs/notes/pull-requests.</summary>
    [Text(Limits.Label, Values = ["github", "git"])]
    public required string Provider { get; init; }

    /// <summary>Secret with credentials that may push. Defaults to the repository's own.</summary>
    public SecretReference? SecretRef { get; init; }

    /// <summary>Branch that proposals are made against. Defaults to the one that is followed.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? BaseBranch { get; init; }

    /// <summary>Labels that pull requests get.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Label, Minimum = 1)]
    public List<string>? Labels { get; init; }

    /// <summary>People who are asked to review.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Label, Minimum = 1)]
    public List<string>? Reviewers { get; init; }

    /// <summary>Teams that are asked to review, by their short names.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Label, Minimum = 1)]
    public List<string>? TeamReviewers { get; init; }

    /// <summary>Whether pull requests are opened as drafts. Defaults to false.</summary>
    public bool? Draft { get; init; }

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
