namespace RunbookOperator.PullRequests;

/// <summary>How things stand between a base branch and the branch of proposals about one runbook.</summary>
internal sealed record PullRequestState
{
    /// <summary>The commit that a new proposal is made on: the head of the base branch, or of our open branch.</summary>
    public required string Parent { get; init; }

    /// <summary>The runbook's file in <see cref="Parent"/>.</summary>
    public required string Content { get; init; }

    /// <summary>Mode of the file, as Git writes it.</summary>
    public required string Mode { get; init; }

    /// <summary>The head of the branch of proposals; null if there is none.</summary>
    public string? Head { get; init; }

    /// <summary>The head of the notes; null if there are none.</summary>
    public string? Notes { get; init; }

    /// <summary>Whether the head is a commit that somebody else pushed: then the branch is theirs.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>Ids of the proposals that are on the open branch.</summary>
    public IReadOnlySet<string> Open { get; init; } = new HashSet<string>();

    /// <summary>Ids of proposals whose branch was deleted: somebody said no, or merged them long ago.</summary>
    public IReadOnlySet<string> Declined { get; init; } = new HashSet<string>();
}

/// <summary>A commit to propose.</summary>
/// <param name="Content">The file's new text.</param>
/// <param name="Message">The message of the commit.</param>
/// <param name="Description">What reviewers read, as Markdown, with its trailers.</param>
/// <param name="At">The date of the commit, so that the same proposal is the same commit again.</param>
internal sealed record PullRequestChange(string Content, string Message, string Description, DateTimeOffset At);
