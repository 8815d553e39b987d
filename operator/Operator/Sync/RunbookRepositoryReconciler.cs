using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Sync;

/// <summary>Keeps the runbooks of a namespace as a Git repository says, and says in the status of the RunbookRepository how it went.</summary>
internal sealed class RunbookRepositoryReconciler(
    IKubernetesClient client, ILister<RunbookRepository> repositories, RepositorySync sync, IEventRecorder events, TimeProvider time, Func<double> jitter)
    : IReconciler
{
    private const string Action = "Sync";

    /// <summary>Makes the reconciler with its parts.</summary>
    /// <param name="client">The API, as the operator.</param>
    /// <param name="repositories">The repositories.</param>
    /// <param name="runbooks">The runbooks.</param>
    /// <param name="mirrors">The mirrors of this process.</param>
    /// <param name="files">Reads and judges files.</param>
    /// <param name="events">Where people are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Numbers from 0 up to but not including 1.</param>
    public static RunbookRepositoryReconciler Create(
        IKubernetesClient client, ILister<RunbookRepository> repositories, ILister<Runbook> runbooks, GitMirrors mirrors, RunbookFiles files,
        IEventRecorder events, TimeProvider time, Func<double> jitter)
    {
        var source = new SyncSource(client, mirrors.AllowLocalRepositories);
        var sync = new RepositorySync(source, mirrors, files, new AccountGrants(client), new SyncWriter(client), runbooks);
        return new RunbookRepositoryReconciler(client, repositories, sync, events, time, jitter);
    }

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (repositories.Find(request) is not { Metadata.DeletionTimestamp: null } repository)
        {
            await sync.ForgetAsync(request, cancellationToken);
            return ReconcileResult.Done;
        }

        var outcome = repository.Spec.Suspend == true ? SyncOutcome.Suspended
            : SyncOutcome.Refused(repository) ?? await sync.RunAsync(repository, cancellationToken);
        await ReportAsync(repository, outcome, cancellationToken);
        return repository.Spec.Suspend == true ? ReconcileResult.Done : ReconcileResult.After(Interval(repository.Spec));
    }

    private async Task ReportAsync(RunbookRepository repository, SyncOutcome outcome, CancellationToken cancellationToken)
    {
        var status = SyncStatus.After(repository, outcome, time.GetUtcNow());
        if (SyncStatus.Difference(repository.Status, status) is not { } patch)
        {
            return;
        }

        try
        {
            await client.PatchAsync<RunbookRepository>(NamespacedName.Of(repository), patch, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // It was deleted while we worked; the pass that follows cleans up.
            return;
        }

        Tell(repository, outcome, status);
    }

    // Once for each change: of the revision, or of how things stand.
    private void Tell(RunbookRepository repository, SyncOutcome outcome, RunbookRepositoryStatus status)
    {
        var before = Conditions.Find(repository.Status?.Conditions, ConditionTypes.Ready);
        var now = Conditions.Find(status.Conditions, ConditionTypes.Ready)!;
        if (outcome.IsReady ? status.LastAppliedRevision == repository.Status?.LastAppliedRevision && before?.Status == now.Status
            : before?.Reason == now.Reason && status.LastAttemptedRevision == repository.Status?.LastAttemptedRevision)
        {
            return;
        }

        var type = outcome.IsReady || outcome.Reason == Reasons.Suspended ? EventType.Normal : EventType.Warning;
        events.Event(ObjectReference.To(repository), type, outcome.Reason, Action, now.Message);
    }

    private TimeSpan Interval(RunbookRepositorySpec spec)
    {
        var interval = spec.Interval?.Value ?? SyncLimits.DefaultInterval;
        return (interval < SyncLimits.MinimumInterval ? SyncLimits.MinimumInterval : interval) * (1 + (SyncLimits.Jitter * jitter()));
    }
}
