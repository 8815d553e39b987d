using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Sync;

/// <summary>One pass over one repository: look, read, plan, write. What goes wrong becomes an outcome.</summary>
internal sealed class RepositorySync(SyncSource sources, GitMirrors mirrors, RunbookFiles files, AccountGrants grants, SyncWriter writer, ILister<Runbook> runbooks)
{
    private readonly SyncMemory _memory = new();

    /// <summary>Forgets a repository that is gone, with its mirror.</summary>
    public Task ForgetAsync(NamespacedName repository, CancellationToken cancellationToken)
    {
        _memory.Forget(repository);
        return mirrors.RemoveAsync(repository, cancellationToken);
    }

    /// <summary>Makes the pass.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="ApiException">The API server could not answer.</exception>
    public async Task<SyncOutcome> RunAsync(RunbookRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            var source = await sources.ReadAsync(repository, cancellationToken);
            var (known, snapshot) = await mirrors.UseAsync(
                NamespacedName.Of(repository), source.Url, mirror => ReadAsync(repository, source, mirror, cancellationToken), cancellationToken);
            return known ?? await ApplyAsync(repository, source, snapshot!, cancellationToken);
        }
        catch (SyncRefusedException refused)
        {
            return new SyncOutcome { Reason = refused.Reason, Message = refused.Message };
        }
        catch (GitException exception)
        {
            return Failed(exception);
        }
    }

    // Nothing is read where the commit is the one whose runbooks are in the cluster, as they were written.
    private async Task<(SyncOutcome? Known, GitSnapshot? Snapshot)> ReadAsync(
        RunbookRepository repository, GitSource source, GitMirror mirror, CancellationToken cancellationToken)
    {
        var head = await mirror.FindHeadAsync(source, cancellationToken);
        return _memory.Find(repository, head, runbooks.List(repository.Metadata.Namespace)) is { } known
            ? (known, null)
            : (null, await mirror.ReadAsync(source, head, cancellationToken));
    }

    private async Task<SyncOutcome> ApplyAsync(
        RunbookRepository repository, GitSource source, GitSnapshot snapshot, CancellationToken cancellationToken)
    {
        var key = NamespacedName.Of(repository);
        _memory.Forget(key);
        var read = SyncRead.Of(snapshot, files.Read);

        // From the API server, not from the cache: what a person made a moment ago must not be taken over.
        var existing = await writer.ListAsync(key.Namespace, cancellationToken);
        var wanted = SyncPlan.Make(key, read, existing, repository.Spec.Prune ?? true);
        var plan = await grants.CheckAsync(repository, wanted, existing, cancellationToken);
        var written = await writer.WriteAsync(repository, plan, cancellationToken);
        var outcome = Outcome(source.Target.Revision(snapshot.Commit), plan, written);
        if (written.Refused.Count == 0 && !plan.IsContested)
        {
            _memory.Remember(repository, snapshot.Commit, written.Stored, outcome);
        }

        return outcome;
    }

    private static SyncOutcome Outcome(string revision, SyncPlan plan, SyncWritten written)
    {
        IReadOnlyList<RepositoryProblem> problems = [.. written.Refused, .. plan.Problems];
        var findings = new SyncFindings(revision, written.Refused.Count == 0, written.Stored.Count, problems);
        var (reason, message) = (written.Refused.Count, plan.IsEmpty, problems.Count) switch
        {
            ( > 0, _, _) => (Reasons.ReconciliationFailed, $"The API server refused {written.Refused.Count} changes of {revision}: {written.Refused[0].Message}"),
            (_, true, _) => (Reasons.NothingFound, $"There is no runbook in {revision}. The {written.Stored.Count} that came from here stay in the cluster."),
            (_, _, > 0) => (Reasons.InvalidFiles, $"Applied {revision}, but {findings.Invalid} of its files cannot be used: {First(problems[0])}"),
            _ => (Reasons.Succeeded, $"Applied {revision}: {written.Stored.Count} runbooks."),
        };
        return new SyncOutcome
        {
            IsReady = reason == Reasons.Succeeded,
            Reason = reason,
            Message = message,
            IsRetried = written.Refused.Count > 0,
            Findings = findings,
        };
    }

    private static string First(RepositoryProblem problem) => problem.Line > 0
        ? $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}"
        : $"{problem.File}: {problem.Message}";

    private static SyncOutcome Failed(GitException exception) => new()
    {
        Reason = exception.Failure switch
        {
            GitFailure.Authentication => Reasons.AuthenticationFailed,
            _ => Reasons.GitOperationFailed,
        },
        Message = exception.Message,

        // What the server lacks, refuses or has too much of stays so until somebody changes it.
        IsRetried = exception.IsTransient || exception.Failure == GitFailure.Other,
    };
}
