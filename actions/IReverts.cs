using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Proposes that a commit of a RunbookRepository is taken back: a branch that people merge, or do not.</summary>
public interface IReverts
{
    /// <summary>Reads how things stand. Changes nothing.</summary>
    /// <exception cref="ActionException">The commit cannot be taken back, or the repository cannot be used.</exception>
    Task<RevertState> ReadAsync(RevertRequest request, CancellationToken cancellationToken);

    /// <summary>Pushes the branch, only if it and the base are as in <paramref name="state"/>.</summary>
    Task<RevertResult> ProposeAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken);

    /// <summary>Deletes the branch, only if it is as in <paramref name="state"/>.</summary>
    Task<RevertResult> WithdrawAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken);
}

/// <summary>What is to be taken back.</summary>
/// <param name="Repository">The repository, as the step's own account has read it.</param>
/// <param name="Commit">The commit: its id, or its first seven digits or more.</param>
/// <param name="Mark">The attempt: what it pushed carries it.</param>
/// <param name="DryRun">Do all but push.</param>
public sealed record RevertRequest(RunbookRepository Repository, string Commit, string Mark, bool DryRun);

/// <summary>How things stand.</summary>
/// <param name="Commit">The whole id of the commit.</param>
/// <param name="Base">The base branch.</param>
/// <param name="BaseHead">Its head.</param>
/// <param name="Branch">The branch of the proposal.</param>
/// <param name="Head">Its head; null if there is no such branch.</param>
/// <param name="IsOurs">Whether that head carries the mark.</param>
/// <param name="Files">Files that would change.</param>
public sealed record RevertState(string Commit, string Base, string BaseHead, string Branch, string? Head, bool IsOurs, IReadOnlyList<string> Files);

/// <summary>What came of it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">In one sentence.</param>
/// <param name="Commit">The commit on the branch, if there is one.</param>
public sealed record RevertResult(RevertResultKind Kind, string Message, string? Commit = null);

/// <summary>What became of a proposal.</summary>
public enum RevertResultKind
{
    /// <summary>It is as it should be.</summary>
    Done,

    /// <summary>Somebody pushed meanwhile: nothing was changed.</summary>
    Moved,

    /// <summary>It cannot be done.</summary>
    Refused,

    /// <summary>The server did not answer: it may have happened.</summary>
    Unclear,
}
