using System.Text;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Learning;

namespace RunbookOperator.PullRequests;

/// <summary>What was read for a revert.</summary>
/// <param name="State">How things stand.</param>
/// <param name="Tree">The tree of the proposal.</param>
/// <param name="Subject">The first line of the commit's message, cleaned.</param>
/// <param name="At">When the commit was made.</param>
/// <param name="Notes">The head of the notes; null if there are none.</param>
internal sealed record RevertRead(RevertState State, string Tree, string Subject, DateTimeOffset At, string? Notes);

/// <summary>Takes one commit back in a mirror, without a work tree: a merge whose one side is the base branch, and whose other is the state
/// before the commit, as if it had followed it.</summary>
internal sealed class GitRevert(GitMirror mirror, PullRequestTarget target, RevertRequest request)
{
    private const string Base = "refs/proposals/base";
    private const string Proposed = "refs/proposals/branch";
    private const string Mark = "Runbook-Attempt: ";

    // Digits of the commit in the name of the branch.
    private const int Digits = 12;

    /// <summary>Reads how things stand and makes the tree.</summary>
    /// <exception cref="ActionException">The commit cannot be taken back.</exception>
    public async Task<RevertRead> ReadAsync(CancellationToken cancellationToken)
    {
        var source = target.Source;
        await mirror.FetchAsync(source, [(source.Target.Reference, Base)], cancellationToken);
        var head = await LocalAsync(["rev-parse", "--verify", "--end-of-options", Base + "^{commit}"], cancellationToken);
        var commit = await FindAsync(head, cancellationToken);
        var parent = await ParentAsync(commit, cancellationToken);
        var about = (await LocalAsync(["log", "-1", "--format=%ct%n%s", "--end-of-options", commit], cancellationToken)).Split('\n', 2);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(about[0]));
        var tree = await MergeAsync(head, commit, parent, at, cancellationToken);
        var files = (await LocalAsync(["diff-tree", "-r", "-z", "--name-only", "--end-of-options", head, tree], cancellationToken)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (files.Length == 0)
        {
            throw new ActionException($"commit {commit} has been taken back on {source.Target.Name} already");
        }

        var ours = Of(commit);
        var there = await mirror.ReferencesAsync(source, [ours.Reference, GitPullRequestProvider.NotesReference], cancellationToken);
        var (proposed, notes) = (there.GetValueOrDefault(ours.Reference), there.GetValueOrDefault(GitPullRequestProvider.NotesReference));
        await FetchAsync(ours, proposed, notes, cancellationToken);
        var isOurs = proposed is not null && (await LocalAsync(["log", "-1", "--format=%B", "--end-of-options", proposed], cancellationToken))
            .Split('\n').Contains(Mark + request.Mark);
        var state = new RevertState(commit, source.Target.Name, head, ours.Branch, proposed, isOurs, files);
        return new RevertRead(state, tree, Variables.Clean(about.Length > 1 ? about[1] : "", Limits.Line), at, notes);
    }

    /// <summary>Commits and pushes.</summary>
    public async Task<string?> PushAsync(RevertRead read, CancellationToken cancellationToken)
    {
        var (ours, state) = (Of(read.State.Commit), read.State);
        var writer = new ProposalWriter(mirror, ours, read.At);
        var message = $"Revert \"{read.Subject}\"\n\nThis reverts commit {state.Commit}.\n\n{Mark}{request.Mark}\n";
        var commit = await writer.CommitAsync(state.BaseHead, read.Tree, message, cancellationToken);
        await writer.PushAsync(commit, Description(read, ours), state.Head, read.Notes, cancellationToken);
        return commit;
    }

    /// <summary>Deletes the branch.</summary>
    public Task DeleteAsync(RevertRead read, CancellationToken cancellationToken)
    {
        var ours = Of(read.State.Commit);
        return mirror.AskAsync(
            ours.Source,
            ["push", "--quiet", "--no-verify", $"--force-with-lease={ours.Reference}:{read.State.Head}", "--", ours.Source.Url.Text, ":" + ours.Reference],
            cancellationToken);
    }

    private PullRequestTarget Of(string commit) => target with { Branch = $"{target.Branch}-{commit[..Digits]}" };

    private async Task<string> FindAsync(string head, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await LocalAsync(["rev-parse", "--verify", "--end-of-options", request.Commit + "^{commit}"], cancellationToken);
            await LocalAsync(["merge-base", "--is-ancestor", commit, head], cancellationToken);
            return commit;
        }
        catch (GitException)
        {
            throw new ActionException($"there is no commit {request.Commit} among the last {GitLimits.HistoryDepth} of {target.Source.Target.Name}");
        }
    }

    private async Task<string> ParentAsync(string commit, CancellationToken cancellationToken)
    {
        var line = (await LocalAsync(["rev-list", "--parents", "-n", "1", "--end-of-options", commit], cancellationToken)).Split(' ');
        return line.Length switch
        {
            2 => line[1],
            1 => throw new ActionException($"commit {commit} is the first of {target.Source.Target.Name}, or too old"),
            _ => throw new ActionException($"commit {commit} is a merge: which side to go back to is not said"),
        };
    }

    private async Task<string> MergeAsync(string head, string commit, string parent, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var before = await LocalAsync(["rev-parse", "--verify", "--end-of-options", parent + "^{tree}"], cancellationToken);
        var back = await new ProposalWriter(mirror, target, at).CommitAsync(commit, before, "", cancellationToken);
        try
        {
            return await LocalAsync(["merge-tree", "--write-tree", "--no-messages", head, back], cancellationToken);
        }
        catch (GitException exception) when (exception.Failure == GitFailure.Other)
        {
            throw new ActionException($"commit {commit} cannot be taken back by itself: what it changed was changed again since");
        }
    }

    private Task FetchAsync(PullRequestTarget ours, string? head, string? notes, CancellationToken cancellationToken)
    {
        (string There, string Here)[] wanted =
        [
            .. head is null ? [] : new[] { (ours.Reference, Proposed) },
            .. notes is null ? [] : new[] { (GitPullRequestProvider.NotesReference, GitPullRequestProvider.NotesReference) },
        ];
        return wanted.Length == 0 ? Task.CompletedTask : mirror.FetchAsync(ours.Source, wanted, cancellationToken);
    }

    private string Description(RevertRead read, PullRequestTarget ours)
    {
        var text = new StringBuilder($"# Take back {read.State.Commit[..Digits]}\n\n{Markdown.Cell(read.Subject)}\n\n| File |\n|---|\n");
        foreach (var file in read.State.Files.Take(Limits.LongList))
        {
            text.Append("| ").Append(Markdown.Cell(file)).Append(" |\n");
        }

        return text.Append($"\n## Who proposes this\n\nRunbookOperator, for the step attempt `{request.Mark}`.\n\n")
            .Append("## How to say no\n\nDelete the branch `").Append(ours.Branch).Append("`. Merge it to say yes.\n\n")
            .Append(new PullRequestTrailers(ours.Branch, new HashSet<string>()).Write()).ToString();
    }

    private async Task<string> LocalAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await mirror.RunAsync(mirror.Local(arguments, target.Source.Timeout), cancellationToken)).Trim();
}
