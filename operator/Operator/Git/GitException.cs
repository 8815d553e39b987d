namespace RunbookOperator.Git;

/// <summary>Why a Git command failed, as far as a caller acts on it.</summary>
internal enum GitFailure
{
    /// <summary>Anything else: the message tells.</summary>
    Other,

    /// <summary>The credentials are missing, wrong, or not enough.</summary>
    Authentication,

    /// <summary>There is no such repository, branch, tag, commit or folder.</summary>
    NotFound,

    /// <summary>It took too long and was ended.</summary>
    Timeout,

    /// <summary>The server cannot be reached, or the connection broke.</summary>
    Network,

    /// <summary>The server refused a push: what is there is not what it was.</summary>
    Rejected,

    /// <summary>The repository is larger than a limit allows.</summary>
    TooLarge,
}

/// <summary>A Git command that failed. The message is for people and holds no credentials.</summary>
internal sealed class GitException(GitFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public GitFailure Failure { get; } = failure;

    /// <summary>Whether the same may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Failure is GitFailure.Network or GitFailure.Timeout or GitFailure.Rejected;
}
