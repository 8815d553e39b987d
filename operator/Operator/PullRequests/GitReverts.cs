using RunbookOperator.Actions;
using RunbookOperator.Git;
using RunbookOperator.Sync;

namespace RunbookOperator.PullRequests;

/// <summary>The provider <c>git</c> of <see cref="IReverts"/>: a branch with one commit, and its description as a note on it.</summary>
internal sealed class GitReverts(PullRequestTargets targets, GitMirrors mirrors) : IReverts
{
    private const string Provider = "git";
    private const string Name = "revert";

    /// <inheritdoc/>
    public async Task<RevertState> ReadAsync(RevertRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (await UseAsync(request, revert => revert.ReadAsync(cancellationToken), cancellationToken)).State;
        }
        catch (GitException exception)
        {
            throw new ActionException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public Task<RevertResult> ProposeAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken) =>
        ResultAsync(request, state, (revert, read) => revert.PushAsync(read, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<RevertResult> WithdrawAsync(RevertRequest request, RevertState state, CancellationToken cancellationToken) =>
        ResultAsync(
            request,
            state,
            async (revert, read) =>
            {
                await revert.DeleteAsync(read, cancellationToken);
                return null;
            },
            cancellationToken);

    private async Task<RevertResult> ResultAsync(
        RevertRequest request, RevertState state, Func<GitRevert, RevertRead, Task<string?>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await UseAsync(
                request,
                async revert =>
                {
                    var read = await revert.ReadAsync(cancellationToken);
                    return read.State.BaseHead != state.BaseHead || read.State.Head != state.Head
                        ? new RevertResult(RevertResultKind.Moved, $"somebody has pushed to {state.Base} or {state.Branch} meanwhile")
                        : new RevertResult(RevertResultKind.Done, "", request.DryRun ? null : await act(revert, read));
                },
                cancellationToken);
        }
        catch (GitException exception)
        {
            return new RevertResult(Kind(exception.Failure), exception.Message);
        }
    }

    private static RevertResultKind Kind(GitFailure failure) => failure switch
    {
        GitFailure.Rejected => RevertResultKind.Moved,
        GitFailure.Network or GitFailure.Timeout => RevertResultKind.Unclear,
        _ => RevertResultKind.Refused,
    };

    private async Task<T> UseAsync<T>(RevertRequest request, Func<GitRevert, Task<T>> work, CancellationToken cancellationToken)
    {
        var repository = request.Repository;
        if (repository.Spec.PullRequests is not { Provider: Provider })
        {
            throw new ActionException($"RunbookRepository {repository.Metadata.Name} has no pullRequests with the provider {Provider}");
        }

        try
        {
            var target = await targets.OfAsync(repository, Name, "", cancellationToken);
            return await mirrors.UseAsync(
                target.Repository, target.Source.Url, mirror => work(new GitRevert(mirror, target, request)), cancellationToken);
        }
        catch (SyncRefusedException exception)
        {
            throw new ActionException(exception.Message);
        }
    }
}
