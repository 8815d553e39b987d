using System.Text;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

public sealed class GitMirrorTests : IAsyncLifetime, IDisposable
{
    private static readonly NamespacedName Name = new("shop", "runbooks");

    private readonly TemporaryFolder _folder = new();
    private GitRepository _repository = null!;
    private GitMirrors _mirrors = null!;

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(_folder.File("origin.git"));
        var options = new GitOptions { CacheFolder = _folder.File("cache"), AllowLocalRepositories = true };
        _mirrors = new GitMirrors(new GitRunner(options, TimeProvider.System));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_branch_is_read_with_the_commit_in_which_each_file_last_changed()
    {
        var first = await _repository.CommitAsync(new() { ["a.yaml"] = "a", ["b.yaml"] = "b", ["README.md"] = "hello" });
        var second = await _repository.CommitAsync(new() { ["b.yaml"] = "b2", ["new\u00e4.yml"] = "n" });

        var snapshot = await ReadAsync(Source());

        Assert.Equal(second, snapshot.Commit);
        Assert.Equal(
            [("a.yaml", "a", first), ("b.yaml", "b2", second), ("new\u00e4.yml", "n", second)],
            snapshot.Tree.Files.Select(file => (file.Path, Text(snapshot.Content(file)), snapshot.LastChange(file))));
    }

    [Fact]
    public async Task A_merge_does_not_change_a_file_that_only_one_side_touched()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a", ["b.yaml"] = "b" });
        await _repository.GitAsync("update-ref", "refs/heads/side", "refs/heads/main");
        var side = await _repository.CommitAsync(new() { ["a.yaml"] = "a2" }, "side");
        var main = await _repository.CommitAsync(new() { ["b.yaml"] = "b2" });
        var tree = await _repository.GitAsync("merge-tree", "--write-tree", "main", "side");
        var merge = await _repository.GitAsync("commit-tree", "-m", "Merge", "-p", main, "-p", side, tree);
        await _repository.GitAsync("update-ref", "refs/heads/main", merge);

        var snapshot = await ReadAsync(Source());

        Assert.Equal(merge, snapshot.Commit);
        Assert.Equal([side, main], snapshot.Tree.Files.Select(snapshot.LastChange));
    }

    [Fact]
    public async Task A_head_that_is_known_is_not_fetched_again()
    {
        var commit = await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await ReadAsync(Source());
        Directory.Move(_repository.Folder, _folder.File("away"));

        var snapshot = await UseAsync(mirror => mirror.ReadAsync(Source(), commit, CancellationToken.None));

        Assert.Equal("a.yaml", Assert.Single(snapshot.Tree.Files).Path);
    }

    [Fact]
    public async Task A_rewritten_branch_is_followed()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await ReadAsync(Source());
        var rewritten = await _repository.CommitTreeAsync([$"100644 blob {await _repository.BlobAsync("b")}\tb.yaml"]);

        var snapshot = await ReadAsync(Source());

        Assert.Equal(rewritten, snapshot.Commit);
        Assert.Equal("b.yaml", Assert.Single(snapshot.Tree.Files).Path);
    }

    [Fact]
    public async Task Tags_and_commits_are_read()
    {
        var first = await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await _repository.GitAsync("tag", "light", first);
        await _repository.GitAsync("tag", "-a", "-m", "A release", "heavy", first);
        await _repository.CommitAsync(new() { ["a.yaml"] = "a2" });

        foreach (var target in new[] { new GitTarget("light", "refs/tags/light"), new GitTarget("heavy", "refs/tags/heavy"), new GitTarget("", first) })
        {
            var snapshot = await ReadAsync(Source(target));
            Assert.Equal(first, snapshot.Commit);
            Assert.Equal("a", Text(snapshot.Content(Assert.Single(snapshot.Tree.Files))));
        }
    }

    [Fact]
    public async Task Only_the_folder_is_read()
    {
        await _repository.CommitAsync(new() { ["runbooks/a.yaml"] = "a", ["runbooks/deep/b.yaml"] = "b", ["other/c.yaml"] = "c", ["runbooks.yaml"] = "d" });

        var snapshot = await ReadAsync(Source(folder: "runbooks"));

        Assert.Equal(["runbooks/a.yaml", "runbooks/deep/b.yaml"], snapshot.Tree.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a" });

        Assert.Equal(GitFailure.NotFound, await FailureAsync(Source(GitTarget.Branch("none"))));
        Assert.Equal(GitFailure.NotFound, await FailureAsync(Source(folder: "none")));
        Assert.Equal(GitFailure.NotFound, await FailureAsync(Source(folder: "a.yaml")));
        Assert.Equal(GitFailure.NotFound, await FailureAsync(Source(new GitTarget("", new string('1', 40)))));
        Directory.Delete(_repository.Folder, recursive: true);
        Assert.Equal(GitFailure.NotFound, await FailureAsync(Source()));
    }

    [Fact]
    public async Task Hostile_entries_are_problems_and_the_rest_is_read()
    {
        var blob = await _repository.BlobAsync("a");
        var inner = await _repository.TreeAsync([$"100644 blob {blob}\tinner.yaml"]);
        await _repository.CommitTreeAsync(
        [
            $"040000 tree {inner}\t..",
            $"040000 tree {inner}\t.git",
            $"100644 blob {blob}\ta\nb.yaml",
            $"100644 blob {blob}\tgood.yaml",
            $"120000 blob {await _repository.BlobAsync("/etc/passwd")}\tlink.yaml",
            $"160000 commit {new string('1', 40)}\tmodule",
            $"100644 blob {await _repository.BlobAsync(new string('x', GitLimits.FileBytes + 1))}\tlarge.yaml",
        ]);

        var snapshot = await ReadAsync(Source());

        Assert.Equal("good.yaml", Assert.Single(snapshot.Tree.Files).Path);
        Assert.Equal(
            ["../inner.yaml", ".git/inner.yaml", "a\\x0ab.yaml", "large.yaml", "link.yaml", "module"],
            snapshot.Tree.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("passwd", Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_lock_that_a_killed_command_left_is_no_obstacle()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await ReadAsync(Source());
        var mirror = Directory.GetDirectories(_folder.File("cache")).Single() + "/repository.git";
        await File.WriteAllTextAsync(mirror + "/shallow.lock", "");
        await File.WriteAllTextAsync(mirror + "/refs/sync/head.lock", "");
        var next = await _repository.CommitAsync(new() { ["a.yaml"] = "a2" });

        Assert.Equal(next, (await ReadAsync(Source())).Commit);
    }

    [Fact]
    public async Task A_broken_mirror_is_made_anew()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await ReadAsync(Source());
        var mirror = Directory.GetDirectories(_folder.File("cache")).Single() + "/repository.git";
        Directory.Delete(mirror + "/objects", recursive: true);

        Assert.Equal(GitFailure.Other, await FailureAsync(Source()));
        Assert.Single((await ReadAsync(Source())).Tree.Files);
    }

    [Fact]
    public async Task A_mirror_goes_with_its_address_and_with_its_resource()
    {
        await _repository.CommitAsync(new() { ["a.yaml"] = "a" });
        await ReadAsync(Source());
        var before = Directory.GetDirectories(_folder.File("cache")).Single();
        var other = await GitRepository.CreateAsync(_folder.File("other.git"));

        await _mirrors.UseAsync(Name, Url(other), _ => Task.FromResult(0), CancellationToken.None);
        Assert.False(Directory.Exists(before));

        await ReadAsync(Source());
        await UseAsync(Name with { Name = "runbooks-2" }, mirror => mirror.FindHeadAsync(Source(), CancellationToken.None));
        await _mirrors.RemoveAsync(Name, CancellationToken.None);
        Assert.StartsWith("shop_runbooks-2_", Path.GetFileName(Directory.GetDirectories(_folder.File("cache")).Single()), StringComparison.Ordinal);
    }

    private GitSource Source(GitTarget? target = null, string folder = "") =>
        new(Url(_repository), GitCredentials.None, target ?? GitTarget.Branch("main"), folder, TimeSpan.FromSeconds(30));

    private Task<T> UseAsync<T>(Func<GitMirror, Task<T>> work) => UseAsync(Name, work);

    private Task<T> UseAsync<T>(NamespacedName name, Func<GitMirror, Task<T>> work) =>
        _mirrors.UseAsync(name, Url(_repository), work, CancellationToken.None);

    private Task<GitSnapshot> ReadAsync(GitSource source) => UseAsync(async mirror =>
        await mirror.ReadAsync(source, await mirror.FindHeadAsync(source, CancellationToken.None), CancellationToken.None));

    private static GitUrl Url(GitRepository repository) => GitUrl.Read(repository.Address, allowLocal: true, out _)!;

    private static string Text(ReadOnlyMemory<byte> content) => Encoding.UTF8.GetString(content.Span);

    private async Task<GitFailure> FailureAsync(GitSource source) => (await Assert.ThrowsAsync<GitException>(() => ReadAsync(source))).Failure;
}
