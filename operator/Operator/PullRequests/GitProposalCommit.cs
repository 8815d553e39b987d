using System.Text;
using RunbookOperator.Git;

namespace RunbookOperator.PullRequests;

/// <summary>Makes one commit that changes one file, with its note, and pushes both or neither.</summary>
internal sealed class GitProposalCommit(GitMirror mirror, PullRequestTarget target, PullRequestState state, PullRequestChange change)
{
    private readonly string _index = mirror.ScratchFile("index");

    // The date is that of the incident's end: the same proposal is the same commit, whoever makes it again after a crash.
    private readonly Dictionary<string, string> _identity = new()
    {
        ["GIT_AUTHOR_NAME"] = target.Author.Name,
        ["GIT_AUTHOR_EMAIL"] = target.Author.Email,
        ["GIT_AUTHOR_DATE"] = $"@{change.At.ToUnixTimeSeconds()} +0000",
        ["GIT_COMMITTER_NAME"] = target.Author.Name,
        ["GIT_COMMITTER_EMAIL"] = target.Author.Email,
        ["GIT_COMMITTER_DATE"] = $"@{change.At.ToUnixTimeSeconds()} +0000",
    };

    /// <summary>Makes and pushes it.</summary>
    public async Task<string> PushAsync(CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(cancellationToken);
        var note = await StoreAsync(change.Description, cancellationToken);
        await RunAsync(["notes", $"--ref={GitPullRequestProvider.NotesReference}", "add", "--force", "-C", note, commit], "", cancellationToken);
        const string Notes = GitPullRequestProvider.NotesReference;
        await mirror.AskAsync(
            target.Source,
            [
                "push", "--quiet", "--atomic", "--no-verify", $"--force-with-lease={target.Reference}:{state.Head}", $"--force-with-lease={Notes}:{state.Notes}",
                "--", target.Source.Url.Text, $"{commit}:{target.Reference}", $"{Notes}:{Notes}",
            ],
            cancellationToken);
        return commit;
    }

    private async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        File.Delete(_index);
        try
        {
            var blob = await StoreAsync(change.Content, cancellationToken);
            await RunAsync(["read-tree", "--end-of-options", state.Parent], "", cancellationToken);
            await RunAsync(["update-index", "-z", "--index-info"], $"{state.Mode} {blob}\t{target.File}\0", cancellationToken);
            var tree = await RunAsync(["write-tree"], "", cancellationToken);
            return await RunAsync(["commit-tree", "-p", state.Parent, "-F", "-", tree], change.Message, cancellationToken);
        }
        finally
        {
            File.Delete(_index);
        }
    }

    private Task<string> StoreAsync(string content, CancellationToken cancellationToken) =>
        RunAsync(["hash-object", "-w", "--stdin", "--no-filters"], content, cancellationToken);

    private async Task<string> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var command = mirror.Local(arguments, target.Source.Timeout) with
        {
            Input = Encoding.UTF8.GetBytes(input),
            Environment = new Dictionary<string, string>(_identity) { ["GIT_INDEX_FILE"] = _index },
        };
        return Encoding.ASCII.GetString(await mirror.RunAsync(command, cancellationToken)).Trim();
    }
}
