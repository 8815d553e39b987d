using RunbookOperator.Git;

namespace RunbookOperator.PullRequests;

/// <summary>Makes one commit that changes one file, with its note, and pushes both or neither.</summary>
internal sealed class GitProposalCommit(GitMirror mirror, PullRequestTarget target, PullRequestState state, PullRequestChange change)
{
    private readonly ProposalWriter _writer = new(mirror, target, change.At);

    /// <summary>Makes and pushes it.</summary>
    public async Task<string> PushAsync(CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(cancellationToken);
        await _writer.PushAsync(commit, change.Description, state.Head, state.Notes, cancellationToken);
        return commit;
    }

    private async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        File.Delete(_writer.Index);
        try
        {
            var blob = await _writer.StoreAsync(change.Content, cancellationToken);
            await _writer.RunAsync(["read-tree", "--end-of-options", state.Parent], "", cancellationToken);
            await _writer.RunAsync(["update-index", "-z", "--index-info"], $"{state.Mode} {blob}\t{target.File}\0", cancellationToken);
            var tree = await _writer.RunAsync(["write-tree"], "", cancellationToken);
            return await _writer.CommitAsync(state.Parent, tree, change.Message, cancellationToken);
        }
        finally
        {
            File.Delete(_writer.Index);
        }
    }
}
