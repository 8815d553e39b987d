using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.Operator.Tests;

public sealed class SyncStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_good_pass_is_ready_and_says_what_is_in_the_cluster()
    {
        var status = SyncStatus.After(Repository(), Good("main@sha1:abc"), Now);

        Assert.Equal(3, status.ObservedGeneration);
        Assert.Equal("main@sha1:abc", status.LastAppliedRevision);
        Assert.Equal("main@sha1:abc", status.LastAttemptedRevision);
        Assert.Equal((2, 0), (status.Counts!.Runbooks, status.Counts.Invalid));
        Assert.Null(status.Problems);
        Assert.Equal([("Ready", "True", "Succeeded")], Describe(status));
    }

    [Theory]
    [InlineData("main@sha1:4e1c0d9a7f3b2c1d4e5f60718293a4b5c6d7e8f9", "main@sha1:4e1c0d9a")]
    [InlineData("sha1:4e1c0d9a7f3b2c1d4e5f60718293a4b5c6d7e8f9", "sha1:4e1c0d9a")]
    [InlineData("main@sha1:abc", "main@sha1:abc")]
    public void People_see_the_begin_of_the_commit(string revision, string expected)
    {
        var status = SyncStatus.After(Repository(), Good(revision), Now);
        Assert.Equal((revision, expected), (status.LastAppliedRevision, status.Revision));

        // Also where a version before this one wrote the status, and nothing new was read.
        var failed = new SyncOutcome { Reason = Reasons.GitOperationFailed, Message = "no route", IsRetried = true };
        Assert.Equal(expected, SyncStatus.After(Repository() with { Status = status with { Revision = null } }, failed, Now).Revision);
    }

    [Fact]
    public void A_failure_that_may_pass_keeps_what_was_known_and_is_reconciling()
    {
        var before = SyncStatus.After(Repository(), Good("main@sha1:abc"), Now);
        var failed = new SyncOutcome { Reason = Reasons.GitOperationFailed, Message = "no route", IsRetried = true };

        var status = SyncStatus.After(Repository() with { Status = before }, failed, Now.AddMinutes(1));

        Assert.Equal("main@sha1:abc", status.LastAppliedRevision);
        Assert.Equal(2, status.Counts!.Runbooks);
        Assert.Equal([("Ready", "False", "GitOperationFailed"), ("Reconciling", "True", "ProgressingWithRetry")], Describe(status));
    }

    [Fact]
    public void A_failure_that_waits_for_a_person_is_stalled()
    {
        var status = SyncStatus.After(Repository(), new SyncOutcome { Reason = Reasons.InvalidUrl, Message = "no" }, Now);

        Assert.Equal([("Ready", "False", "InvalidURL"), ("Stalled", "True", "InvalidURL")], Describe(status));
    }

    [Fact]
    public void What_cannot_be_as_it_is_written_is_stalled_before_anything_is_read()
    {
        var repository = Repository();
        Assert.Null(SyncOutcome.Refused(repository));

        var outcome = SyncOutcome.Refused(repository with { Spec = repository.Spec with { Verification = new CommitVerification { Provider = "ssh", SecretRef = new SecretReference { Name = "keys" } } } })!;
        Assert.Equal("spec.verification is not acted upon by this version; remove it", outcome.Message);
        Assert.Equal([("Ready", "False", "NotSupported"), ("Stalled", "True", "NotSupported")], Describe(SyncStatus.After(repository, outcome, Now)));

        outcome = SyncOutcome.Refused(repository with { Spec = repository.Spec with { Ref = new GitReference { Branch = "a", Tag = "b" } } })!;
        Assert.Equal((Reasons.Invalid, "spec.ref: give one of branch, tag or commit"), (outcome.Reason, outcome.Message));
    }

    [Fact]
    public void Suspension_is_neither_progress_nor_a_fault() =>
        Assert.Equal([("Ready", "False", "Suspended")], Describe(SyncStatus.After(Repository(), SyncOutcome.Suspended, Now)));

    [Fact]
    public void The_first_fifty_problems_are_listed_and_the_rest_counted()
    {
        var problems = Enumerable.Range(0, 60).Select(i => new RepositoryProblem { File = $"{i / 2}.yaml", Message = "bad" }).ToList();
        var outcome = new SyncOutcome { Reason = Reasons.InvalidFiles, Message = "bad", Findings = new SyncFindings("r", true, 1, problems) };

        var status = SyncStatus.After(Repository(), outcome, Now);

        Assert.Equal((50, 10, 30), (status.Problems!.Count, status.MoreProblems, status.Counts!.Invalid));
    }

    [Fact]
    public void A_file_with_many_problems_hides_no_other()
    {
        var problems = Enumerable.Range(1, 60).Select(i => new RepositoryProblem { File = "a.yaml", Line = i, Message = "bad" })
            .Append(new RepositoryProblem { File = "b.yaml", Message = "bad" }).ToList();
        var outcome = new SyncOutcome { Reason = Reasons.InvalidFiles, Message = "bad", Findings = new SyncFindings("r", true, 1, problems) };

        var listed = SyncStatus.After(Repository(), outcome, Now).Problems!;

        Assert.Equal(("a.yaml", 1), (listed[0].File, listed[0].Line));
        Assert.Equal(("a.yaml", 49), (listed[48].File, listed[48].Line));
        Assert.Equal("b.yaml", listed[49].File);
    }

    [Fact]
    public void A_change_that_the_api_server_refused_leaves_the_applied_revision()
    {
        var before = SyncStatus.After(Repository(), Good("main@sha1:abc"), Now);
        var refused = new SyncOutcome
        {
            Reason = Reasons.ReconciliationFailed, Message = "forbidden", IsRetried = true, Findings = new SyncFindings("main@sha1:def", IsApplied: false, 2, []),
        };

        var status = SyncStatus.After(Repository() with { Status = before }, refused, Now);

        Assert.Equal(("main@sha1:abc", "main@sha1:def"), (status.LastAppliedRevision, status.LastAttemptedRevision));
    }

    [Theory]
    [InlineData("runbooks.dev/requestedAt")]
    [InlineData("reconcile.fluxcd.io/requestedAt")]
    public void A_request_to_sync_now_is_answered(string annotation)
    {
        var repository = Repository();
        repository = repository with { Metadata = repository.Metadata with { Annotations = new() { [annotation] = "12:00" } } };

        Assert.Equal("12:00", SyncStatus.After(repository, Good("r"), Now).LastHandledReconcileAt);
    }

    [Fact]
    public void A_pass_that_found_the_same_writes_nothing()
    {
        var before = SyncStatus.After(Repository(), Good("r"), Now);

        Assert.Null(SyncStatus.Difference(before, SyncStatus.After(Repository() with { Status = before }, Good("r"), Now.AddHours(1))));
    }

    [Fact]
    public void The_patch_names_what_changed_and_removes_what_is_gone()
    {
        var problem = new RepositoryProblem { File = "a.yaml", Message = "bad" };
        var bad = new SyncOutcome { Reason = Reasons.InvalidFiles, Message = "bad", Findings = new SyncFindings("r", true, 2, [problem]) };
        var before = SyncStatus.After(Repository(), bad, Now);

        var patch = SyncStatus.Difference(before, SyncStatus.After(Repository() with { Status = before }, Good("r"), Now))!;

        var status = patch.Content["status"]!.AsObject();
        Assert.Equal(["conditions", "counts", "problems"], status.Select(field => field.Key).Order());
        Assert.Null(status["problems"]);
        Assert.Equal("status", patch.Subresource);
    }

    private static SyncOutcome Good(string revision) => new()
    {
        IsReady = true, Reason = Reasons.Succeeded, Message = "Applied", Findings = new SyncFindings(revision, IsApplied: true, 2, []),
    };

    private static RunbookRepository Repository() => new()
    {
        Metadata = new ObjectMeta { Name = "runbooks", Namespace = "shop", Generation = 3 },
        Spec = new RunbookRepositorySpec { Url = "https://git.example.com/r.git", ServiceAccountName = "sync" },
        Status = new RunbookRepositoryStatus { ObservedGeneration = -1 },
    };

    // What every status obeys, whatever the scenario.
    private static List<(string Type, string Status, string Reason)> Describe(RunbookRepositoryStatus status)
    {
        Assert.All(status.Conditions!, condition => Assert.Equal(3, condition.ObservedGeneration));
        Assert.False(Conditions.IsTrue(status.Conditions, "Reconciling") && Conditions.IsTrue(status.Conditions, "Stalled"));
        return [.. status.Conditions!.Select(condition => (condition.Type, condition.Status, condition.Reason))];
    }
}
