using RunbookOperator.Api;

namespace RunbookOperator.Git;

/// <summary>What of which repository is read, and how.</summary>
/// <param name="Url">The address.</param>
/// <param name="Credentials">Who asks.</param>
/// <param name="Target">The branch, tag or commit.</param>
/// <param name="Folder">The folder, as <see cref="GitNames.ReadFolder"/> returns it.</param>
/// <param name="Timeout">How long one command may take.</param>
internal sealed record GitSource(GitUrl Url, GitCredentials Credentials, GitTarget Target, string Folder, TimeSpan Timeout);

/// <summary>A branch, tag or commit.</summary>
/// <param name="Name">Its name for people; empty for a commit.</param>
/// <param name="Reference">The full reference, or the id of the commit.</param>
internal sealed record GitTarget(string Name, string Reference)
{
    /// <summary>The branch that is followed if nothing is said.</summary>
    public const string DefaultBranch = "main";

    /// <summary>Whether it is a commit, which never moves.</summary>
    public bool IsCommit => Name.Length == 0;

    /// <summary>A branch.</summary>
    public static GitTarget Branch(string name) => new(name, "refs/heads/" + name);

    /// <summary>Reads spec.ref.</summary>
    /// <returns>The target, or null if a name is not one that Git allows.</returns>
    public static GitTarget? Read(GitReference? reference) => reference switch
    {
        { Commit: { } commit } => GitNames.IsObjectId(commit) ? new GitTarget("", commit) : null,
        { Tag: { } tag } => GitNames.IsReference(tag) ? new GitTarget(tag, "refs/tags/" + tag) : null,
        _ => GitNames.IsReference(reference?.Branch ?? DefaultBranch) ? Branch(reference?.Branch ?? DefaultBranch) : null,
    };

    /// <summary>A revision as status shows it: <c>main@sha1:…</c>, or <c>sha1:…</c> for a commit.</summary>
    public string Revision(string commit) => IsCommit ? $"sha1:{commit}" : $"{Name}@sha1:{commit}";
}

/// <summary>What was read of a commit.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Tree">Its files and what is refused.</param>
/// <param name="Contents">Contents by id.</param>
/// <param name="Changes">For each path the commit in which it last changed, as far as the fetched history tells.</param>
internal sealed record GitSnapshot(
    string Commit, GitTree Tree, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents, IReadOnlyDictionary<string, string> Changes)
{
    /// <summary>The content of <paramref name="file"/>.</summary>
    public ReadOnlyMemory<byte> Content(GitFile file) => Contents[file.Id];

    /// <summary>The commit in which <paramref name="file"/> last changed.</summary>
    public string LastChange(GitFile file) => Changes.GetValueOrDefault(file.Path, Commit);
}
