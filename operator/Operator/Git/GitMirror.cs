using System.Text;

namespace RunbookOperator.Git;

/// <summary>
/// A bare repository on this machine that follows one on a server. It is read by object id: there is no work tree, so no symbolic link, hook or
/// name in it can do anything. One command at a time works on it; callers hold <see cref="GitMirrors.UseAsync"/>.
/// </summary>
internal sealed class GitMirror(GitRunner runner, string folder)
{
    private const string Followed = "refs/sync/head";

    private string Repository => Path.Combine(folder, "repository.git");

    private string Scratch => Path.Combine(folder, "scratch");

    /// <summary>A file in the mirror's scratch folder, for a temporary index.</summary>
    public string ScratchFile(string name) => Path.Combine(Scratch, name);

    /// <summary>The commit that <see cref="GitSource.Target"/> is now.</summary>
    /// <exception cref="GitException">The server cannot be asked, or there is no such branch or tag.</exception>
    public async Task<string> FindHeadAsync(GitSource source, CancellationToken cancellationToken)
    {
        if (source.Target.IsCommit)
        {
            return source.Target.Reference;
        }

        var peeled = source.Target.Reference + "^{}";
        var references = await ReferencesAsync(source, [source.Target.Reference, peeled], cancellationToken);
        return references.GetValueOrDefault(peeled) ?? references.GetValueOrDefault(source.Target.Reference)
            ?? throw new GitException(GitFailure.NotFound, $"There is no {source.Target.Reference} in the repository.");
    }

    /// <summary>References on the server with the objects they name, of those asked for.</summary>
    public async Task<Dictionary<string, string>> ReferencesAsync(GitSource source, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var output = await AskAsync(source, ["ls-remote", "--quiet", "--", source.Url.Text, .. names], cancellationToken);
        return Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2))
            .Where(fields => fields.Length == 2 && GitNames.IsObjectId(fields[0]) && names.Contains(fields[1]))
            .DistinctBy(fields => fields[1])
            .ToDictionary(fields => fields[1], fields => fields[0]);
    }

    /// <summary>Fetches what is not there yet and reads the folder.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="head">The commit that <see cref="FindHeadAsync"/> found; if the mirror has it, nothing is fetched.</param>
    /// <param name="cancellationToken">Kills the command that runs.</param>
    /// <exception cref="GitException">It cannot be fetched or read, or is too large.</exception>
    public async Task<GitSnapshot> ReadAsync(GitSource source, string head, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await FollowAsync(source, head, cancellationToken);
            var tree = GitTree.Parse(await ListAsync(source, commit, cancellationToken));
            var contents = await ContentsAsync([.. tree.Files.Select(file => file.Id)], source.Timeout, cancellationToken);
            return new GitSnapshot(commit, tree, contents, await ChangesAsync(source, commit, cancellationToken));
        }
        catch (GitException exception) when (exception.Failure == GitFailure.Other)
        {
            // Whatever is wrong with a cache, a new one has not got it.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Fetches references, without their names: the objects are there afterwards.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="mapping">References there, and what they are called here.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    public Task FetchAsync(GitSource source, IEnumerable<(string There, string Here)> mapping, CancellationToken cancellationToken) =>
        AskAsync(
            source,
            ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", $"--depth={GitLimits.HistoryDepth}", "--", source.Url.Text,
                .. mapping.Select(pair => $"+{pair.There}:{pair.Here}")],
            cancellationToken);

    /// <summary>Contents of objects, by id.</summary>
    public async Task<Dictionary<string, ReadOnlyMemory<byte>>> ContentsAsync(
        IReadOnlyCollection<string> ids, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var distinct = ids.Distinct().ToList();
        var command = Local(["cat-file", "--batch"], timeout) with
        {
            Input = GitBlobs.Request(distinct),
            MaximumOutput = GitLimits.TotalBytes + (distinct.Count * GitBlobs.Overhead),
        };
        return GitBlobs.Parse(await runner.RunAsync(command, cancellationToken));
    }

    /// <summary>Runs a command on the mirror that asks no server.</summary>
    public async Task<byte[]> RunAsync(GitCommand command, CancellationToken cancellationToken)
    {
        await PrepareAsync(command.Timeout, cancellationToken);
        return await runner.RunAsync(command, cancellationToken);
    }

    /// <summary>A command on the mirror that asks no server.</summary>
    public GitCommand Local(IReadOnlyList<string> arguments, TimeSpan timeout) =>
        new(arguments) { Repository = Repository, Folder = Scratch, Timeout = timeout };

    /// <summary>Runs a command that asks the server of <paramref name="source"/>.</summary>
    public async Task<byte[]> AskAsync(GitSource source, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await PrepareAsync(source.Timeout, cancellationToken);
        using var access = new GitAccess(Scratch, source.Url, source.Credentials);
        return await runner.RunAsync(Local(arguments, source.Timeout) with { Access = access }, cancellationToken);
    }

    private async Task<string> FollowAsync(GitSource source, string head, CancellationToken cancellationToken)
    {
        if (await FollowedAsync(source.Timeout, cancellationToken) == head)
        {
            return head;
        }

        await FetchAsync(source, [(source.Target.Reference, Followed)], cancellationToken);
        var commit = await runner.RunAsync(Local(["rev-parse", "--verify", "--end-of-options", Followed + "^{commit}"], source.Timeout), cancellationToken);
        return Line(commit);
    }

    // A tag may name a tag object; what it leads to counts. Nothing is printed where the reference is not there.
    private async Task<string> FollowedAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var output = await RunAsync(Local(["for-each-ref", "--format=%(objectname) %(*objectname)", Followed], timeout), cancellationToken);
        return Line(output).Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
    }

    private async Task<byte[]> ListAsync(GitSource source, string commit, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments = ["ls-tree", "-r", "-z", "--full-tree", "--long", "--end-of-options", commit, .. In(source.Folder)];
        var listing = await runner.RunAsync(Local(arguments, source.Timeout) with { MaximumOutput = GitLimits.ListingBytes }, cancellationToken);
        return listing.Length > 0 || source.Folder.Length == 0
            ? listing
            : throw new GitException(GitFailure.NotFound, $"There is no folder {source.Folder} in {source.Target.Revision(commit)}.");
    }

    private async Task<Dictionary<string, string>> ChangesAsync(GitSource source, string commit, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments =
            ["rev-list", $"--max-count={GitLimits.HistoryDepth}", "--end-of-options", commit, "--", .. In(source.Folder)];
        var commits = await runner.RunAsync(Local(arguments, source.Timeout), cancellationToken);
        arguments = ["diff-tree", "--stdin", "-r", "-z", "--raw", "-c", "--root", "--no-renames", "--", .. In(source.Folder)];
        var command = Local(arguments, source.Timeout) with { Input = commits, MaximumOutput = GitLimits.ListingBytes };
        return GitHistory.LastChanges(await runner.RunAsync(command, cancellationToken));
    }

    private static string[] In(string folder) => folder.Length == 0 ? [] : [folder + "/"];

    private static string Line(byte[] output) => Encoding.ASCII.GetString(output).Trim();

    private async Task PrepareAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Scratch);
        if (!Directory.Exists(Repository))
        {
            await runner.RunAsync(
                new GitCommand(["init", "--bare", "--quiet", "--template=", "--", Repository]) { Folder = Scratch, Timeout = timeout }, cancellationToken);
        }

        // A command that was killed leaves its locks. Nobody else works here.
        foreach (var file in Directory.EnumerateFiles(Repository, "*.lock", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
    }
}
