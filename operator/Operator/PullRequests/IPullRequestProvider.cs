using RunbookOperator.Git;

namespace RunbookOperator.PullRequests;

/// <summary>Hands proposals over to people.</summary>
internal interface IPullRequestProvider
{
    /// <summary>Reads how things stand.</summary>
    /// <exception cref="GitException">The repository cannot be read, or the file is not in it.</exception>
    Task<PullRequestState> ReadAsync(PullRequestTarget target, CancellationToken cancellationToken);

    /// <summary>Makes a commit and pushes it with its description, only if things still stand as in <paramref name="state"/>.</summary>
    /// <returns>The commit.</returns>
    /// <exception cref="GitException"><see cref="GitFailure.Rejected"/> if somebody pushed in between.</exception>
    Task<string> PushAsync(PullRequestTarget target, PullRequestState state, PullRequestChange change, CancellationToken cancellationToken);
}
