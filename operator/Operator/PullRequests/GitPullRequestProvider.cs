using System.Text;
using RunbookOperator.Git;

namespace RunbookOperator.PullRequests;

/// <summary>
/// The provider <c>git</c>: a branch, and its description as a note on the commit. It works on a bare repository with no forge. Commits are made by
/// plumbing in the mirror; nothing is ever checked out.
/// </summary>
internal sealed class GitPullRequestProvider(GitMirrors mirrors) : IPullRequestProvider
{
    /// <summary>Where the descriptions are.</summary>
    public const string NotesReference = "refs/notes/pull-requests";

    private const string Base = "refs/proposals/base";
    private const string Proposed = "refs/proposals/branch";

    /// <inheritdoc/>
    public Task<PullRequestState> ReadAsync(PullRequestTarget target, CancellationToken cancellationToken) =>
        mirrors.UseAsync(target.Repository, target.Source.Url, mirror => ReadAsync(mirror, target, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<string> PushAsync(PullRequestTarget target, PullRequestState state, PullRequestChange change, CancellationToken cancellationToken) =>
        mirrors.UseAsync(
            target.Repository, target.Source.Url, mirror => new GitProposalCommit(mirror, target, state, change).PushAsync(cancellationToken), cancellationToken);

    private static async Task<PullRequestState> ReadAsync(GitMirror mirror, PullRequestTarget target, CancellationToken cancellationToken)
    {
        var source = target.Source;
        var there = await mirror.ReferencesAsync(source, [source.Target.Reference, target.Reference, NotesReference], cancellationToken);
        var (head, notes) = (there.GetValueOrDefault(target.Reference), there.GetValueOrDefault(NotesReference));
        if (!there.TryGetValue(source.Target.Reference, out var main))
        {
            throw new GitException(GitFailure.NotFound, $"There is no branch {source.Target.Name} in the repository.");
        }

        (string There, string Here)[] wanted = [(source.Target.Reference, Base), (target.Reference, Proposed), (NotesReference, NotesReference)];
        await mirror.FetchAsync(source, wanted.Where(pair => there.ContainsKey(pair.There)), cancellationToken);
        var file = await FindAsync(mirror, target, main, cancellationToken)
            ?? throw new GitException(GitFailure.NotFound, $"There is no file {target.File} that can be changed on {source.Target.Name}.");
        var descriptions = notes is null ? [] : await DescriptionsAsync(mirror, source.Timeout, cancellationToken);
        var before = new PullRequestState
        {
            Parent = main, Content = await TextAsync(mirror, file.Id, source.Timeout, cancellationToken), Mode = file.Mode, Head = head, Notes = notes,
        };
        return head is null
            ? before with { Declined = Proposals(descriptions.Values, target.Branch) }
            : descriptions.GetValueOrDefault(head) is not { } ours || ours.Branch != target.Branch
                ? before with { IsTakenOver = true }
                : await OpenAsync(mirror, target, before, file, ours, cancellationToken);
    }

    // A branch whose file is the same as on the base was merged and not deleted: the next proposal begins anew.
    private static async Task<PullRequestState> OpenAsync(
        GitMirror mirror, PullRequestTarget target, PullRequestState before, TreeFile file, PullRequestTrailers ours, CancellationToken cancellationToken)
    {
        var proposed = await FindAsync(mirror, target, before.Head!, cancellationToken);
        return proposed is null || proposed == file ? before : before with
        {
            Parent = before.Head!,
            Content = await TextAsync(mirror, proposed.Id, target.Source.Timeout, cancellationToken),
            Mode = proposed.Mode,
            Open = ours.Proposals,
        };
    }

    private static HashSet<string> Proposals(IEnumerable<PullRequestTrailers> descriptions, string branch) =>
        descriptions.Where(description => description.Branch == branch).SelectMany(description => description.Proposals).ToHashSet(StringComparer.Ordinal);

    private static async Task<TreeFile?> FindAsync(GitMirror mirror, PullRequestTarget target, string commit, CancellationToken cancellationToken)
    {
        var command = mirror.Local(["ls-tree", "-z", "--full-tree", "--long", "--end-of-options", commit, target.File], target.Source.Timeout);
        var listing = await mirror.RunAsync(command, cancellationToken);
        var mode = Encoding.ASCII.GetString(listing.AsSpan()[..Math.Max(0, listing.AsSpan().IndexOf((byte)' '))]);
        return GitTree.Parse(listing).Files.FirstOrDefault(file => file.Path == target.File) is { } found ? new TreeFile(found.Id, mode) : null;
    }

    private static async Task<string> TextAsync(GitMirror mirror, string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var contents = await mirror.ContentsAsync([id], timeout, cancellationToken);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(contents[id].Span);
        }
        catch (DecoderFallbackException inner)
        {
            throw new GitException(GitFailure.NotFound, "The file is not UTF-8 and cannot be changed.", inner);
        }
    }

    // git notes list prints "note object" lines; the newest cannot be told, so beyond the limit none are read, which only means asking again.
    private static async Task<Dictionary<string, PullRequestTrailers>> DescriptionsAsync(
        GitMirror mirror, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var list = await mirror.RunAsync(mirror.Local(["notes", $"--ref={NotesReference}", "list"], timeout), cancellationToken);
        var notes = Encoding.ASCII.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Take(GitLimits.Notes).ToList();
        var contents = await mirror.ContentsAsync([.. notes.Select(note => note[0])], timeout, cancellationToken);
        var descriptions = new Dictionary<string, PullRequestTrailers>(StringComparer.Ordinal);
        foreach (var note in notes)
        {
            if (PullRequestTrailers.Read(Encoding.UTF8.GetString(contents[note[0]].Span)) is { } trailers)
            {
                descriptions[note[1]] = trailers;
            }
        }

        return descriptions;
    }

    private sealed record TreeFile(string Id, string Mode);
}
