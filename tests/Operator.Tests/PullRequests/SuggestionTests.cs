using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.PullRequests;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;
using static RunbookOperator.Operator.Tests.LearningWorld;

namespace RunbookOperator.Operator.Tests;

/// <content>What the cluster keeps of proposals.</content>
public sealed partial class ProposalServiceTests
{
    [Fact]
    public async Task A_proposal_is_an_object_with_its_evidence_its_change_and_where_people_look_at_it()
    {
        var said = Assert.Single(await ProposeAsync());

        var suggestion = Assert.Single(_server.Stored);
        Assert.Equal((Name, SuggestionKind.RemoveStep, "rules"), (suggestion.Spec.Runbook, suggestion.Spec.Kind, suggestion.Spec.Author));
        Assert.StartsWith("payment-latency-removestep-", suggestion.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal(["Incident payment-7f3a9c1b-3", "RunbookExecution r3", "RunbookExecution r2", "RunbookExecution r1"], Evidence(suggestion));
        Assert.Contains("-  - name: flush\n", suggestion.Spec.Patch, StringComparison.Ordinal);
        Assert.StartsWith("The step `flush` was skipped", suggestion.Spec.Rationale, StringComparison.Ordinal);
        Assert.Equal((SuggestionState.Open, said.Branch, said.Commit), (suggestion.Status!.State, suggestion.Status.PullRequest!.Branch, suggestion.Status.PullRequest.Commit));
        Assert.Equal(3, _server.Writes);
    }

    [Fact]
    public async Task Their_changes_one_after_the_other_are_patches_that_git_takes_and_lead_to_the_branch()
    {
        var commit = (await ProposeAsync(Incident(Note("Check sessions", "kubectl get events -n shop"))))[0].Commit!;
        var work = new ShellOptions { WorkingDirectory = _folder.File("work") };
        await _repository.GitAsync("worktree", "add", "-q", "--detach", work.WorkingDirectory, "main");
        foreach (var suggestion in _server.Stored)
        {
            await File.WriteAllTextAsync(_folder.File("change.patch"), suggestion.Spec.Patch);
            (await Shell.RunAsync("git", ["apply", _folder.File("change.patch")], work, CancellationToken.None)).EnsureSuccess();
        }

        Assert.Equal(2, _server.Stored.Count);
        Assert.Equal("", (await Shell.RunAsync("git", ["diff", commit, "--", "team"], work, CancellationToken.None)).EnsureSuccess().Output);
    }

    [Fact]
    public async Task Ended_after_any_of_its_writes_and_asked_again_it_ends_the_same_way()
    {
        var incident = Incident(Note("Check sessions", "kubectl get events -n shop"));
        var first = await ProposeAsync(incident);
        var (writes, wanted) = (_server.Writes, Records(_server));
        for (var kill = 1; kill <= writes; kill++)
        {
            using var world = new ProposalServiceTests();
            await world.InitializeAsync();
            world._server.KillAfter = kill;
            await Assert.ThrowsAsync<HttpRequestException>(() => world.ProposeAsync(incident));
            var again = await world.ProposeAsync(incident);

            Assert.Equal(first, again);
            Assert.Equal(wanted, Records(world._server));
            Assert.Equal("1", await world._repository.GitAsync("rev-list", "--count", $"main..{Branch}"));
        }

        Assert.Equal(6, writes);
    }

    [Fact]
    public async Task Another_incident_adds_its_evidence_and_the_same_one_writes_nothing()
    {
        await ProposeAsync();
        var writes = _server.Writes;
        await ProposeAsync();
        Assert.Equal(writes, _server.Writes);

        var next = Incident() with { Metadata = new ObjectMeta { Name = "payment-7f3a9c1b-4", Namespace = Ns } };
        await ProposeAsync(next);
        Assert.Equal((writes + 1, "Incident payment-7f3a9c1b-4"), (_server.Writes, Evidence(Assert.Single(_server.Stored))[^1]));
    }

    [Fact]
    public async Task What_the_cluster_knows_to_be_closed_is_not_made_again_even_if_the_repository_forgot()
    {
        await ProposeAsync();
        await _repository.GitAsync("update-ref", "-d", Branch);
        await _repository.GitAsync("update-ref", "-d", Notes);
        _server.Set(_server.Stored[0].Metadata.Name!, SuggestionState.Closed);

        var suggestion = Assert.Single(await ProposeAsync());

        Assert.Equal(SuggestionState.Closed, suggestion.State);
        Assert.Contains("is Closed: that was a no", suggestion.Message, StringComparison.Ordinal);
        Assert.Equal("", await _repository.HeadAsync(Branch));
    }

    [Fact]
    public async Task What_was_merged_and_is_due_again_is_proposed_again()
    {
        await ProposeAsync();
        await _repository.GitAsync("update-ref", "-d", Branch);
        await _repository.GitAsync("update-ref", "-d", Notes);
        _server.Set(_server.Stored[0].Metadata.Name!, SuggestionState.Merged);
        await ProposeAsync();

        Assert.Equal(SuggestionState.Open, Assert.Single(_server.Stored).Status!.State);
    }

    [Fact]
    public async Task A_suggestion_is_open_while_its_branch_is_and_merged_once_its_change_is_in_the_base()
    {
        var commit = Assert.Single(await ProposeAsync()).Commit!;
        Assert.Equal(SuggestionReconciler.LookAgain, (await FollowAsync()).RequeueAfter);
        Assert.Equal(SuggestionState.Open, _server.Stored[0].Status!.State);

        // Squashed with another change, and the branch deleted: what counts is what stands in the file.
        await _repository.CommitAsync(new() { ["team/payment.yaml"] = "# reviewed\n" + await _repository.ShowAsync(commit, "team/payment.yaml") });
        await _repository.GitAsync("update-ref", "-d", Branch);
        await FollowAsync();
        Assert.Equal(SuggestionState.Merged, _server.Stored[0].Status!.State);
        Assert.Equal(Reasons.PullRequestMerged, Conditions.Find(_server.Stored[0].Status!.Conditions, ConditionTypes.Ready)!.Reason);
        Assert.Null((await FollowAsync()).RequeueAfter);
        Assert.Equal([$"{_server.Stored[0].Metadata.Name} {Reasons.PullRequestMerged}"], _told.Reasons);
    }

    [Fact]
    public async Task A_suggestion_whose_branch_was_deleted_is_closed()
    {
        await ProposeAsync();
        await _repository.GitAsync("update-ref", "-d", Branch);
        await FollowAsync();

        Assert.Equal(SuggestionState.Closed, _server.Stored[0].Status!.State);
        Assert.Null(Conditions.Find(_server.Stored[0].Status!.Conditions, ConditionTypes.Reconciling));
    }

    [Fact]
    public async Task A_suggestion_on_a_branch_that_somebody_took_over_or_of_a_repository_that_cannot_be_asked_stays_open()
    {
        await ProposeAsync();
        await _repository.CommitAsync(new() { ["team/payment.yaml"] = Source + "# better\n" }, "runbooks/payment-latency");
        await FollowAsync();
        Assert.Equal(SuggestionState.Open, _server.Stored[0].Status!.State);

        await _repository.CommitAsync(new() { ["team/payment.yaml"] = null });
        Assert.Equal(SuggestionReconciler.LookAgain, (await FollowAsync()).RequeueAfter);
        Assert.Equal(SuggestionState.Open, _server.Stored[0].Status!.State);
    }

    private readonly Recorder _told = new();

    private sealed class Recorder : IEventRecorder
    {
        public List<string> Reasons { get; } = [];

        public void Event(ObjectReference regarding, EventType type, string reason, string action, string note) => Reasons.Add($"{regarding.Name} {reason}");

        public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private async Task<ReconcileResult> FollowAsync()
    {
        var reconciler = new SuggestionReconciler(
            new Listed<RunbookSuggestion>(_server.Stored), new Listed<Runbook>([Synced]), Targets(), new GitPullRequestProvider(Mirrors()),
            new SuggestionRecords(_server.Client, new ManualTimeProvider()), _told);
        return await reconciler.ReconcileAsync(NamespacedName.Of(_server.Stored[0]), CancellationToken.None);
    }

    private static List<string> Evidence(RunbookSuggestion suggestion) => [.. suggestion.Spec.Evidence.Select(evidence => $"{evidence.Kind} {evidence.Name}")];

    private static List<string> Records(SuggestionServer server) =>
        [.. server.Stored.Select(suggestion => $"{suggestion.Metadata.Name} {suggestion.Status!.State} {suggestion.Status.PullRequest!.Commit} {suggestion.Spec.Patch}")];
}
