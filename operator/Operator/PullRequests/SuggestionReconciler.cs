using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.PullRequests;

/// <summary>Follows suggestions that people look at, until they have answered.</summary>
internal sealed class SuggestionReconciler(
    ILister<RunbookSuggestion> suggestions,
    ILister<Runbook> runbooks,
    PullRequestTargets targets,
    IPullRequestProvider provider,
    SuggestionRecords records,
    IEventRecorder events) : IReconciler
{
    /// <summary>How often the repository is asked, besides when it changes: a branch that is deleted changes nothing that is synced.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (suggestions.Find(request) is not { Status.State: SuggestionState.Open, Metadata.DeletionTimestamp: null } suggestion)
        {
            return ReconcileResult.Done;
        }

        if (await StateAsync(suggestion, cancellationToken) is { } state && SuggestionSummary.Outcome(suggestion, state) is var outcome and not SuggestionState.Open)
        {
            var stored = await records.MarkAsync(suggestion, outcome, null, cancellationToken);
            var ready = Conditions.Find(stored.Status?.Conditions, ConditionTypes.Ready);
            events.Event(ObjectReference.To(stored), EventType.Normal, ready?.Reason ?? outcome, "Follow", ready?.Message ?? outcome);
            return ReconcileResult.Done;
        }

        return ReconcileResult.After(LookAgain);
    }

    // Null where nobody can say just now: then it stays open.
    private async Task<PullRequestState?> StateAsync(RunbookSuggestion suggestion, CancellationToken cancellationToken)
    {
        var key = new NamespacedName(suggestion.Metadata.Namespace!, suggestion.Spec.Runbook);
        if (runbooks.Find(key) is not { } runbook || targets.RepositoryOf(runbook) is not { } repository)
        {
            return null;
        }

        try
        {
            return await provider.ReadAsync(await targets.OfAsync(runbook, repository, cancellationToken), cancellationToken);
        }
        catch (SyncRefusedException)
        {
            return null;
        }
        catch (GitException exception) when (!exception.IsTransient)
        {
            return null;
        }
    }
}
