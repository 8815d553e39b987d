using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.PullRequests;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;
using RunbookOperator.TestKit;
using static RunbookOperator.Operator.Tests.LearningWorld;

namespace RunbookOperator.Operator.Tests;

public sealed partial class ProposalServiceTests : IAsyncLifetime, IDisposable
{
    private const string Branch = "refs/heads/runbooks/payment-latency";
    private const string Notes = "refs/notes/pull-requests";

    private readonly TemporaryFolder _folder = new();
    private readonly SuggestionServer _server = new();
    private readonly List<RunbookExecution> _runs = ThreeSkips();
    private GitRepository _repository = null!;
    private string _main = null!;
    private PullRequestSettings? _settings = new() { Provider = "git" };

    public async Task InitializeAsync()
    {
        _repository = await GitRepository.CreateAsync(_folder.File("origin.git"));
        _main = await _repository.CommitAsync(new() { ["team/payment.yaml"] = Source, ["other.yaml"] = "kind: ConfigMap" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_proposal_becomes_a_branch_with_one_commit_and_its_description()
    {
        var suggestion = Assert.Single(await ProposeAsync());

        var commit = await _repository.HeadAsync(Branch);
        Assert.Equal(
            new IncidentSuggestion
            {
                Runbook = Name, Kind = "RemoveStep", Title = "payment-latency: remove step \"flush\"", State = "Open", Branch = "runbooks/payment-latency", Commit = commit,
            },
            suggestion);
        Assert.Equal(_main, await _repository.GitAsync("rev-parse", commit + "^"));
        Assert.Equal("team/payment.yaml", await _repository.GitAsync("diff", "--name-only", _main, commit));
        Assert.DoesNotContain("flush", await _repository.ShowAsync(commit, "team/payment.yaml"), StringComparison.Ordinal);
        Assert.Equal("RunbookOperator <operator@runbooks.dev> 2026-01-01T03:30:00Z", await _repository.GitAsync("log", "-1", "--format=%an <%ae> %cd", "--date=format:%Y-%m-%dT%H:%M:%SZ", commit));
        Assert.StartsWith("payment-latency: remove step \"flush\"\n\nThe step `flush` was skipped", await _repository.GitAsync("log", "-1", "--format=%B", commit), StringComparison.Ordinal);
        Assert.StartsWith("# payment-latency: remove step \"flush\"", await _repository.GitAsync("notes", "--ref=" + Notes, "show", commit), StringComparison.Ordinal);
        Assert.Equal(_main, await _repository.HeadAsync());
    }

    [Fact]
    public async Task The_same_incident_again_finds_what_was_pushed()
    {
        var first = await ProposeAsync();
        var notes = await _repository.HeadAsync(Notes);

        Assert.Equal(first, await ProposeAsync());
        Directory.Delete(_folder.File("cache"), recursive: true);
        Assert.Equal(first, await ProposeAsync());
        Assert.Equal(notes, await _repository.HeadAsync(Notes));
    }

    [Fact]
    public async Task After_a_crash_before_the_push_the_same_commit_is_made_again()
    {
        var first = Assert.Single(await ProposeAsync());
        await _repository.GitAsync("update-ref", "-d", Branch);
        await _repository.GitAsync("update-ref", "-d", Notes);
        Directory.Delete(_folder.File("cache"), recursive: true);

        Assert.Equal(first, Assert.Single(await ProposeAsync()));
    }

    [Fact]
    public async Task Another_incident_adds_a_commit_to_the_open_branch()
    {
        var first = Assert.Single(await ProposeAsync()).Commit!;

        var suggestions = await ProposeAsync(Incident(Note("Check sessions", "kubectl get events -n shop")));

        var commit = await _repository.HeadAsync(Branch);
        Assert.Equal([("RemoveStep", first), ("AddStep", commit)], suggestions.Select(suggestion => (suggestion.Kind, suggestion.Commit!)));
        Assert.Equal(first, await _repository.GitAsync("rev-parse", commit + "^"));
        var content = await _repository.ShowAsync(commit, "team/payment.yaml");
        Assert.DoesNotContain("flush", content, StringComparison.Ordinal);
        Assert.Contains("check-sessions", content, StringComparison.Ordinal);
        Assert.All(await ProposeAsync(Incident(Note("Check sessions", "kubectl get events -n shop"))), suggestion => Assert.Equal(("Open", commit), (suggestion.State, suggestion.Commit)));
    }

    [Fact]
    public async Task A_branch_that_a_person_has_pushed_to_is_left_alone()
    {
        await ProposeAsync();
        var theirs = await _repository.CommitAsync(new() { ["team/payment.yaml"] = Source + "# better\n" }, "runbooks/payment-latency");

        var suggestion = Assert.Single(await ProposeAsync());

        Assert.Equal(("Open", theirs), (suggestion.State, suggestion.Commit));
        Assert.Contains("Somebody has pushed", suggestion.Message, StringComparison.Ordinal);
        Assert.Equal(theirs, await _repository.HeadAsync(Branch));
    }

    [Fact]
    public async Task A_branch_of_that_name_that_was_never_ours_is_left_alone()
    {
        var theirs = await _repository.CommitAsync(new() { ["x"] = "y" }, "runbooks/payment-latency");

        Assert.Contains("left alone", Assert.Single(await ProposeAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(theirs, await _repository.HeadAsync(Branch));
    }

    [Fact]
    public async Task A_branch_that_was_deleted_was_a_no()
    {
        await ProposeAsync();
        await _repository.GitAsync("update-ref", "-d", Branch);

        var suggestions = await ProposeAsync(Incident(Note("Check sessions", "kubectl get events -n shop")));

        Assert.Equal([("RemoveStep", "Closed"), ("AddStep", "Open")], suggestions.Select(suggestion => (suggestion.Kind, suggestion.State)));
        Assert.Contains("flush", await _repository.ShowAsync(await _repository.HeadAsync(Branch), "team/payment.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_merge_the_next_proposal_begins_at_the_base()
    {
        var commit = Assert.Single(await ProposeAsync()).Commit!;
        var merged = await _repository.ShowAsync(commit, "team/payment.yaml") + "\n";
        _main = await _repository.CommitAsync(new() { ["team/payment.yaml"] = merged });
        var run = Run("r4", 0, "payment-7f3a9c1b-3", Done("look", 1));

        var suggestion = Assert.Single(await ProposeAsync(Incident(Note("Check", "kubectl get events -n shop")), [run]));

        Assert.Equal(_main, await _repository.GitAsync("rev-parse", suggestion.Commit + "^"));
        Assert.Equal(suggestion.Commit, await _repository.HeadAsync(Branch));
    }

    [Fact]
    public async Task What_cannot_be_proposed_says_why_and_pushes_nothing()
    {
        var run = Run("r4", 0, "payment-7f3a9c1b-3", Done("look", 1));

        var suggestion = Assert.Single(await ProposeAsync(Incident(Note("Log in", "psql postgres://riley:hunter2hunter2@db/payments")), [run]));

        Assert.Equal("Failed", suggestion.State);
        Assert.Contains("secret", suggestion.Message, StringComparison.Ordinal);
        Assert.Equal("", await _repository.HeadAsync(Branch));
        Assert.Equal("", await _repository.HeadAsync(Notes));
    }

    [Fact]
    public async Task A_file_that_is_gone_or_broken_on_the_base_is_told()
    {
        await _repository.CommitAsync(new() { ["team/payment.yaml"] = Source.Replace("owner:", "ownr:", StringComparison.Ordinal) });
        Assert.Contains("has errors", Assert.Single(await ProposeAsync()).Message, StringComparison.Ordinal);

        await _repository.CommitAsync(new() { ["team/payment.yaml"] = null });
        Assert.Contains("no file team/payment.yaml", Assert.Single(await ProposeAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_a_push_that_came_too_late_is_asked_again_later()
    {
        var hook = _repository.Folder + "/hooks/update";
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, "#!/bin/sh\nexit 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var exception = await Assert.ThrowsAsync<GitException>(() => ProposeAsync());

        Assert.Equal((GitFailure.Rejected, true), (exception.Failure, exception.IsTransient));
        Assert.Equal("", await _repository.HeadAsync(Notes));
        File.Delete(hook);
        Assert.Equal("Open", Assert.Single(await ProposeAsync()).State);
    }

    [Fact]
    public async Task A_push_between_our_look_and_our_push_wins()
    {
        var mirrors = Mirrors();
        var provider = new GitPullRequestProvider(mirrors);
        var source = new GitSource(GitUrl.Read(_repository.Address, allowLocal: true, out _)!, GitCredentials.None, GitTarget.Branch("main"), "", TimeSpan.FromSeconds(30));
        var target = new PullRequestTarget(new NamespacedName(Ns, "runbooks"), source, Name, "team/payment.yaml", "runbooks/payment-latency", PullRequestTarget.Operator);
        var state = await provider.ReadAsync(target, CancellationToken.None);
        var theirs = await _repository.CommitAsync(new() { ["x"] = "y" }, "runbooks/payment-latency");

        var exception = await Assert.ThrowsAsync<GitException>(
            () => provider.PushAsync(target, state, new PullRequestChange(Source + "# x\n", "Change", "Text\n", Start), CancellationToken.None));

        Assert.Equal(GitFailure.Rejected, exception.Failure);
        Assert.Equal(theirs, await _repository.HeadAsync(Branch));
        Assert.Equal("", await _repository.HeadAsync(Notes));
    }

    [Fact]
    public async Task Nothing_is_proposed_where_nobody_asked_for_it_and_git_is_not_asked()
    {
        Assert.Empty(await ProposeAsync(Incident(), [_runs[0]]));
        _settings = null;
        Assert.Empty(await ProposeAsync());

        Assert.False(Directory.Exists(_folder.File("cache")));
    }

    private GitMirrors Mirrors() =>
        new(new GitRunner(new GitOptions { CacheFolder = _folder.File("cache"), AllowLocalRepositories = true }, TimeProvider.System));

    private Task<IReadOnlyList<IncidentSuggestion>> ProposeAsync(Incident? incident = null, List<RunbookExecution>? runs = null)
    {
        var all = runs ?? _runs;
        var service = new ProposalService(
            new Listed<Runbook>([Synced]), new Listed<RunbookExecution>(all), Targets(), new SuggestionRecords(_server.Client, new ManualTimeProvider()),
            new GitPullRequestProvider(Mirrors()), Proposals, Gate, new RunbookReader(), Secrets);
        return service.ProposeAsync(incident ?? Incident(), [all[^1]], CancellationToken.None);
    }

    private static Runbook Synced => new()
    {
        Metadata = new ObjectMeta
        {
            Name = Name, Namespace = Ns, Labels = new() { [Names.RepositoryLabel] = "runbooks" }, Annotations = new() { [Names.FileAnnotation] = "team/payment.yaml" },
        },
        Spec = Spec(),
    };

    private PullRequestTargets Targets() => new(
        new Listed<RunbookRepository>(
        [
            new RunbookRepository
            {
                Metadata = new ObjectMeta { Name = "runbooks", Namespace = Ns },
                Spec = new RunbookRepositorySpec { Url = _repository.Address, ServiceAccountName = "sync", PullRequests = _settings },
            },
        ]),
        new SyncSource(client: null!, allowLocal: true));

    // No Secret is named, so the API server is never asked.
    private sealed class Listed<T>(IReadOnlyList<T> values) : ILister<T>
        where T : class, IKubernetesObject<T>
    {
        public T? Find(NamespacedName name) => values.FirstOrDefault(value => NamespacedName.Of(value) == name);

        public IReadOnlyList<T> List(string? ns = null) => values;

        public IReadOnlyList<T> ByIndex(string index, string value) => throw new ArgumentException("no index", nameof(index));
    }
}
