using System.Text;
using RunbookOperator.Git;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

/// <summary>A real repository on this machine, written with the real program, as people and attackers write them.</summary>
internal sealed class TestRepository(string folder)
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

    public string Folder { get; } = folder;

    public string Address => "file://" + Folder;

    public GitUrl Url => GitUrl.Read(Address, allowLocal: true, out _)!;

    public static async Task<TestRepository> CreateAsync(string folder)
    {
        var repository = new TestRepository(folder);
        Directory.CreateDirectory(folder);
        await repository.GitAsync("init", "--bare", "--quiet", "-b", "main", ".");
        return repository;
    }

    /// <summary>Runs git on the repository and returns what it printed.</summary>
    public async Task<string> GitAsync(params string[] arguments) => await GitAsync(arguments, "", []);

    public async Task<string> GitAsync(IReadOnlyList<string> arguments, string input, Dictionary<string, string?> more)
    {
        var options = new ShellOptions
        {
            WorkingDirectory = Folder,
            Input = input,
            Environment = Environment.Concat(more).ToDictionary(pair => pair.Key, pair => pair.Value),
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
            await GitAsync(
                content is null
                    ? ["update-index", "--force-remove", "--", path]
                    : ["update-index", "--add", "--cacheinfo", $"100644,{await BlobAsync(content)},{path}"],
                "",
                index);
        }

        return await CommitTreeAsync(await GitAsync(["write-tree"], "", index), branch, parent);
    }

    /// <summary>Commits a tree that no index would hold: lines for <c>git mktree</c>, ended by NUL.</summary>
    public async Task<string> CommitTreeAsync(IEnumerable<string> entries, string branch = "main") =>
        await CommitTreeAsync(await TreeAsync(entries), branch, "");

    public Task<string> TreeAsync(IEnumerable<string> entries) =>
        GitAsync(["mktree", "-z", "--missing"], string.Concat(entries.Select(entry => entry + "\0")), []);

    public Task<string> BlobAsync(string content) => GitAsync(["hash-object", "-w", "--stdin"], content, []);

    public Task<string> HeadAsync(string reference = "refs/heads/main") => GitAsync("for-each-ref", "--format=%(objectname)", reference);

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

    public static string Text(ReadOnlyMemory<byte> content) => Encoding.UTF8.GetString(content.Span);
}
