namespace RunbookOperator.TestKit;

/// <summary>A real repository on this machine, written with the real program, as people and attackers write them.</summary>
public sealed class GitRepository(string folder)
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Riley",
        ["GIT_AUTHOR_EMAIL"] = "riley@example.com",
        ["GIT_COMMITTER_NAME"] = "Riley",
        ["GIT_COMMITTER_EMAIL"] = "riley@example.com",
    };

    private int _commits;

    /// <summary>The bare repository.</summary>
    public string Folder { get; } = folder;

    /// <summary>Its address on this machine.</summary>
    public string Address => "file://" + Folder;

    /// <summary>Makes an empty bare repository.</summary>
    public static async Task<GitRepository> CreateAsync(string folder)
    {
        var repository = new GitRepository(folder);
        Directory.CreateDirectory(folder);
        await repository.GitAsync("init", "--bare", "--quiet", "-b", "main", ".");
        return repository;
    }

    /// <summary>Runs git on the repository and returns what it printed.</summary>
    public Task<string> GitAsync(params string[] arguments) => GitAsync(arguments, "");

    /// <summary>Runs git with input and with more variables, and returns what it printed.</summary>
    public async Task<string> GitAsync(IReadOnlyList<string> arguments, string input, IReadOnlyDictionary<string, string?>? more = null)
    {
        var options = new ShellOptions
        {
            WorkingDirectory = Folder,
            Input = input,
            Environment = Environment.Concat(more ?? new Dictionary<string, string?>()).ToDictionary(pair => pair.Key, pair => pair.Value),
        };
        return (await Shell.RunAsync("git", arguments, options, CancellationToken.None)).EnsureSuccess().Output.Trim();
    }

    /// <summary>Commits <paramref name="files"/> on top of a branch; null deletes a file. Each commit is a minute later than the one before.</summary>
    public async Task<string> CommitAsync(Dictionary<string, string?> files, string branch = "main")
    {
        var parent = await GitAsync("for-each-ref", "--format=%(objectname)", "refs/heads/" + branch);
        var index = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = Folder + "/test-index" };
        await GitAsync(parent.Length == 0 ? ["read-tree", "--empty"] : ["read-tree", parent], "", index);
        foreach (var (path, content) in files)
        {
            var entry = content is null ? $"0 {new string('0', 40)}\t{path}\n" : $"100644 {await BlobAsync(content)}\t{path}\n";
            await GitAsync(["update-index", "--index-info"], entry, index);
        }

        return await CommitTreeAsync(await GitAsync(["write-tree"], "", index), branch, parent);
    }

    /// <summary>Commits a tree that no index would hold: lines for <c>git mktree</c>, ended by NUL.</summary>
    public async Task<string> CommitTreeAsync(IEnumerable<string> entries, string branch = "main") =>
        await CommitTreeAsync(await TreeAsync(entries), branch, "");

    /// <summary>Makes a tree that no index would hold, and returns its id.</summary>
    public Task<string> TreeAsync(IEnumerable<string> entries) =>
        GitAsync(["mktree", "-z", "--missing"], string.Concat(entries.Select(entry => entry + "\0")));

    /// <summary>Stores a content and returns its id.</summary>
    public Task<string> BlobAsync(string content) => GitAsync(["hash-object", "-w", "--stdin"], content);

    /// <summary>The object that a reference names; empty if there is no such reference.</summary>
    public Task<string> HeadAsync(string reference = "refs/heads/main") => GitAsync("for-each-ref", "--format=%(objectname)", reference);

    /// <summary>The content of a file in a commit.</summary>
    public Task<string> ShowAsync(string commit, string path) => GitAsync("show", $"{commit}:{path}");

    private async Task<string> CommitTreeAsync(string tree, string branch, string parent)
    {
        var date = $"2026-01-01T00:{_commits++:00}:00Z";
        var dates = new Dictionary<string, string?> { ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date };
        var commit = await GitAsync(["commit-tree", "-m", "A change", .. Parents(parent), tree], "", dates);
        await GitAsync("update-ref", "refs/heads/" + branch, commit);
        return commit;
    }

    private static string[] Parents(string parent) => parent.Length == 0 ? [] : ["-p", parent];
}
