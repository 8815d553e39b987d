using System.Text;
using RunbookOperator.Git;

namespace RunbookOperator.PullRequests;

/// <summary>Makes commits for a branch of proposals in the mirror, and pushes them with their description: both or neither.</summary>
internal sealed class ProposalWriter(GitMirror mirror, PullRequestTarget target, DateTimeOffset at)
{
    // The date is given: the same proposal is the same commit, whoever makes it again after a crash.
    private readonly Dictionary<string, string> _identity = new()
    {
        ["GIT_AUTHOR_NAME"] = target.Author.Name,
        ["GIT_AUTHOR_EMAIL"] = target.Author.Email,
        ["GIT_AUTHOR_DATE"] = $"@{at.ToUnixTimeSeconds()} +0000",
        ["GIT_COMMITTER_NAME"] = target.Author.Name,
        ["GIT_COMMITTER_EMAIL"] = target.Author.Email,
        ["GIT_COMMITTER_DATE"] = $"@{at.ToUnixTimeSeconds()} +0000",
    };

    /// <summary>An index of its own, for commands that need one.</summary>
    public string Index { get; } = mirror.ScratchFile("index");

    /// <summary>Stores a content and returns its id.</summary>
    public Task<string> StoreAsync(string content, CancellationToken cancellationToken) =>
        RunAsync(["hash-object", "-w", "--stdin", "--no-filters"], content, cancellationToken);

    /// <summary>Makes a commit and returns its id.</summary>
    public Task<string> CommitAsync(string parent, string tree, string message, CancellationToken cancellationToken) =>
        RunAsync(["commit-tree", "-p", parent, "-F", "-", tree], message, cancellationToken);

    /// <summary>Pushes a commit with its description, only if branch and notes are as they were read.</summary>
    public async Task PushAsync(string commit, string description, string? head, string? notes, CancellationToken cancellationToken)
    {
        const string Notes = GitPullRequestProvider.NotesReference;
        var note = await StoreAsync(description, cancellationToken);
        await RunAsync(["notes", $"--ref={Notes}", "add", "--force", "-C", note, commit], "", cancellationToken);
        await mirror.AskAsync(
            target.Source,
            [
                "push", "--quiet", "--atomic", "--no-verify", $"--force-with-lease={target.Reference}:{head}", $"--force-with-lease={Notes}:{notes}",
                "--", target.Source.Url.Text, $"{commit}:{target.Reference}", $"{Notes}:{Notes}",
            ],
            cancellationToken);
    }

    /// <summary>Runs a command on the mirror, with the author and the index.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var command = mirror.Local(arguments, target.Source.Timeout) with
        {
            Input = Encoding.UTF8.GetBytes(input),
            Environment = new Dictionary<string, string>(_identity) { ["GIT_INDEX_FILE"] = Index },
        };
        return Encoding.UTF8.GetString(await mirror.RunAsync(command, cancellationToken)).Trim();
    }
}
