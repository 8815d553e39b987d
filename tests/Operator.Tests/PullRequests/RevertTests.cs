using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.PullRequests;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

/// <summary>git/revert against a real bare repository.</summary>
public sealed class RevertTests : IAsyncLifetime, IDisposable
{
    private const string Notes = "refs/notes/pull-requests";
    private const string Before = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n";

    private readonly TemporaryFolder _folder = new();
    private GitRepository _repository = null!;
    private PullRequestSettings? _settings = new() { Provider = "git" };
    private string _first = null!;
    private string _bad = null!;
    private string _main = null!;

    private string Branch => $"runbooks/revert-{_bad[..12]}";

    private string Reference => "refs/heads/" + Branch;

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(_folder.File("origin.git"));
        _first = await _repository.CommitAsync(new() { ["web.yaml"] = Before, ["other.yaml"] = "x: 1\n" });
        _bad = await _repository.CommitAsync(new() { ["web.yaml"] = Before.Replace("a: 1", "a: 9", StringComparison.Ordinal), ["new.yaml"] = "y: 1\n" });
        _main = await _repository.CommitAsync(new() { ["web.yaml"] = Before.Replace("a: 1", "a: 9", StringComparison.Ordinal).Replace("f: 6", "f: 7", StringComparison.Ordinal) });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_commit_is_taken_back_on_a_branch_and_what_came_later_stays()
    {
        var (target, outcome) = await ActAsync();

        var head = await _repository.HeadAsync(Reference);
        Assert.Equal($"branch {Branch} at {head} takes {_bad} back, for main\n  new.yaml\n  web.yaml\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal($"Delete the branch {Branch}, unless somebody has pushed to it or merged it.", target.Undo);
        Assert.Equal(_main, await _repository.GitAsync("rev-parse", head + "^"));
        Assert.Equal(Before.Replace("f: 6", "f: 7", StringComparison.Ordinal).Trim(), await _repository.ShowAsync(head, "web.yaml"));
        Assert.Equal("other.yaml\nweb.yaml", await _repository.GitAsync("ls-tree", "--name-only", head));
        Assert.Equal($"Revert \"A change\"\n\nThis reverts commit {_bad}.\n\nRunbook-Attempt: back-1-a", await _repository.GitAsync("log", "-1", "--format=%B", head));
        Assert.StartsWith($"# Take back {_bad[..12]}", await _repository.GitAsync("notes", "--ref=" + Notes, "show", head), StringComparison.Ordinal);
        Assert.Equal(_main, await _repository.HeadAsync());
    }

    [Fact]
    public async Task Acting_again_finds_the_branch_and_pushes_nothing()
    {
        var (target, _) = await ActAsync();
        var (head, notes) = (await _repository.HeadAsync(Reference), await _repository.HeadAsync(Notes));

        // The base has moved since, and the operator lost its copies: the branch is found by its mark.
        await _repository.CommitAsync(new() { ["z.yaml"] = "z: 1\n" });
        Directory.Delete(_folder.File("cache"), recursive: true);

        Assert.IsType<ActionOutcome.Succeeded>(await Action.ActAsync(Context(), target, CancellationToken.None));
        Assert.Equal((head, notes), (await _repository.HeadAsync(Reference), await _repository.HeadAsync(Notes)));
    }

    [Fact]
    public async Task Undoing_deletes_the_branch()
    {
        var (done, _) = await ActAsync();

        var target = await Action.PrepareUndoAsync(Context(attempt: "undo-1"), done, CancellationToken.None);
        var outcome = await Action.UndoAsync(Context(attempt: "undo-1"), target!, CancellationToken.None);

        Assert.Null(target!.Moved);
        Assert.Equal($"branch {Branch} deleted\n", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output);
        Assert.Equal("", await _repository.HeadAsync(Reference));
        Assert.IsType<ActionOutcome.Succeeded>(await Action.UndoAsync(Context(attempt: "undo-1"), target, CancellationToken.None));
    }

    [Fact]
    public async Task A_branch_that_somebody_has_pushed_to_is_not_deleted()
    {
        var (done, _) = await ActAsync();
        var theirs = await _repository.CommitAsync(new() { ["web.yaml"] = "mine: 1\n" }, Branch);

        var target = await Action.PrepareUndoAsync(Context(), done, CancellationToken.None);

        Assert.Equal($"somebody has pushed to {Branch}", target!.Moved);
        Assert.IsType<ActionOutcome.Moved>(await Action.UndoAsync(Context(), target, CancellationToken.None));
        Assert.Equal(theirs, await _repository.HeadAsync(Reference));
    }

    [Fact]
    public async Task A_branch_that_is_gone_was_merged_or_deleted()
    {
        var (done, _) = await ActAsync();
        await _repository.GitAsync("update-ref", "-d", Reference);

        Assert.Contains("was merged or deleted", (await Action.PrepareUndoAsync(Context(), done, CancellationToken.None))!.Moved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_that_has_moved_is_looked_at_again()
    {
        var target = await Action.PrepareAsync(Context(), CancellationToken.None);
        await _repository.CommitAsync(new() { ["z.yaml"] = "z: 1\n" });

        Assert.IsType<ActionOutcome.Moved>(await Action.ActAsync(Context(), target, CancellationToken.None));
        Assert.Equal("", await _repository.HeadAsync(Reference));
    }

    [Fact]
    public async Task A_dry_run_pushes_nothing()
    {
        var context = Context() with { DryRun = true };

        var outcome = await Action.ActAsync(context, await Action.PrepareAsync(context, CancellationToken.None), CancellationToken.None);

        Assert.StartsWith($"dry run, nothing was changed: branch {Branch} takes", Assert.IsType<ActionOutcome.Succeeded>(outcome).Output, StringComparison.Ordinal);
        Assert.Equal("", await _repository.HeadAsync(Reference));
    }

    [Fact]
    public async Task What_was_changed_again_since_is_refused()
    {
        await _repository.CommitAsync(new() { ["web.yaml"] = Before.Replace("a: 1", "a: 10", StringComparison.Ordinal) });

        Assert.Contains("was changed again since", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_not_taken_back_twice()
    {
        await _repository.CommitAsync(new() { ["web.yaml"] = Before.Replace("f: 6", "f: 7", StringComparison.Ordinal), ["new.yaml"] = null });

        Assert.Contains("has been taken back on main already", (await RefusalAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_commit_and_those_that_are_not_there_are_refused()
    {
        Assert.Contains("is the first of main", (await RefusalAsync(_first)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no commit 0123456789", (await RefusalAsync("0123456789")).Message, StringComparison.Ordinal);
        var elsewhere = await _repository.CommitAsync(new() { ["web.yaml"] = "a: 3\n" }, "elsewhere");
        Assert.Contains("there is no commit", (await RefusalAsync(elsewhere)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_pull_requests_nothing_is_proposed()
    {
        _settings = null;

        Assert.Contains("has no pullRequests", (await RefusalAsync()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("cache")));
    }

    [Fact]
    public async Task An_account_that_may_not_see_the_repository_proposes_nothing_to_it()
    {
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(_ => WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden")));

        await Assert.ThrowsAsync<ApiException>(() => Action.PrepareAsync(Context() with { Client = client }, CancellationToken.None));
        Assert.False(Directory.Exists(_folder.File("cache")));
    }

    private IAction Action => ActionCatalog.With(new ActionServices { Reverts = new GitReverts(Targets(), Mirrors()) }).Find("git/revert")!;

    private async Task<(ActionTarget Target, ActionOutcome Outcome)> ActAsync()
    {
        var target = await Action.PrepareAsync(Context(), CancellationToken.None);
        return (target!, await Action.ActAsync(Context(), target, CancellationToken.None));
    }

    private Task<ActionException> RefusalAsync(string? commit = null) =>
        Assert.ThrowsAsync<ActionException>(() => Action.PrepareAsync(Context(commit), CancellationToken.None));

    private ActionContext Context(string? commit = null, string attempt = "back-1-a")
    {
        var with = new JsonObject { ["repository"] = "team", ["commit"] = commit ?? _bad[..10] };
        var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(_ => WireHandler.Json(JsonSerializer.Serialize(Stored, KubernetesJson.Options))));
        return new ActionContext(client, "checkout", new ActionInputs(with), attempt, DateTimeOffset.UnixEpoch);
    }

    private RunbookRepository Stored => new()
    {
        Metadata = new ObjectMeta { Name = "team", Namespace = "checkout", Uid = "7" },
        Spec = new RunbookRepositorySpec { Url = _repository.Address, ServiceAccountName = "sync", PullRequests = _settings },
    };

    private GitMirrors Mirrors() =>
        new(new GitRunner(new GitOptions { CacheFolder = _folder.File("cache"), AllowLocalRepositories = true }, TimeProvider.System));

    private static PullRequestTargets Targets() => new(new Nothing(), new SyncSource(client: null!, allowLocal: true));

    private sealed class Nothing : ILister<RunbookRepository>
    {
        public RunbookRepository? Find(NamespacedName name) => null;

        public IReadOnlyList<RunbookRepository> List(string? ns = null) => [];

        public IReadOnlyList<RunbookRepository> ByIndex(string index, string value) => [];
    }
}
