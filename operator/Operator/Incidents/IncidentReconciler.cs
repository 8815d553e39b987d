using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Incidents;

/// <summary>Starts the run that an incident needs, follows it to its end, and has proposals made of it. On the leader only, so that there is one
/// run and not one for each replica.</summary>
internal sealed class IncidentReconciler(
    IKubernetesClient client,
    ILister<Runbook> runbooks,
    ILister<RunbookExecution> executions,
    IProposals proposals,
    IPolicies policies,
    IEventRecorder events,
    TimeProvider time) : IReconciler
{
    /// <summary>Name of the index of runs by namespace and incident.</summary>
    public const string IncidentIndex = "incident";

    private readonly StatusWriter _writer = new(client);
    private readonly RunbookBudget _budget = new(executions);
    private readonly IncidentChanges _changes = new(client, time);

    /// <summary>The value under which <see cref="IncidentIndex"/> files a run.</summary>
    public static string IndexValue(string ns, string incident) => ns + "/" + incident;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (await client.FindAsync<Incident>(request, cancellationToken) is not { Metadata.DeletionTimestamp: null } incident)
        {
            return ReconcileResult.Done;
        }

        var runs = executions.ByIndex(IncidentIndex, IndexValue(request.Namespace, request.Name));
        var decision = Decide(incident, runs);
        if (decision.Start is not null)
        {
            // The cache may not know the last run yet. Whether there is to be another is decided on what is stored.
            runs = [.. (await StoredRunsAsync(incident, cancellationToken)).UnionBy(runs, run => run.Metadata.Name)];
            decision = Budgeted(incident, runs);
        }

        if (decision.Start is { } start)
        {
            foreach (var replaced in decision.Replaced)
            {
                await AbortAsync(replaced, cancellationToken);
            }

            await StartAsync(incident, start, cancellationToken);
        }

        var stored = await _writer.WriteAsync(incident, incident.Status, await WithChangesAsync(incident, decision.Status, cancellationToken), cancellationToken);
        Tell(incident.Status, stored);
        if (decision.Propose)
        {
            await ProposeAsync(stored, runs, cancellationToken);
        }

        return decision.After is { } after ? ReconcileResult.After(after) : ReconcileResult.Done;
    }

    // After its run was made, which does not wait for it, and in the write that is due anyway.
    private async Task<IncidentStatus> WithChangesAsync(Incident incident, IncidentStatus status, CancellationToken cancellationToken) =>
        status is { Phase: IncidentPhase.Open, RecentChanges: null, OpenedAt: { } opened }
            ? status with { RecentChanges = await _changes.ReadAsync(incident, opened, cancellationToken) }
            : status;

    // A runbook that has started as many runs in an hour as it may keeps no other one from its own.
    private IncidentDecision Budgeted(Incident incident, IReadOnlyList<RunbookExecution> runs)
    {
        var notBefore = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (true)
        {
            var decision = Decide(incident, runs, notBefore);
            if (decision.Start is not { } start || Wait(start) is not { } free)
            {
                return decision;
            }

            notBefore[start.Spec.Runbook.Name] = free;
        }
    }

    private DateTimeOffset? Wait(RunbookExecution start)
    {
        var runbook = runbooks.Find(new NamespacedName(start.Metadata.Namespace!, start.Spec.Runbook.Name));
        return _budget.Take(start, runbook?.Spec.Concurrency?.MaxPerHour ?? Defaults.RunsPerHour, time.GetUtcNow());
    }

    private async Task AbortAsync(RunbookExecution run, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync<RunbookExecution>(NamespacedName.Of(run), RunStarter.Abortion, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // It is gone; the new one has the place.
        }
    }

    private IncidentDecision Decide(
        Incident incident, IReadOnlyList<RunbookExecution> runs, IReadOnlyDictionary<string, DateTimeOffset>? notBefore = null) => IncidentPlanner.Decide(new IncidentInput
    {
        NotBefore = notBefore ?? new Dictionary<string, DateTimeOffset>(),
        Incident = incident,
        Runbooks = runbooks.List(incident.Metadata.Namespace),
        Executions = runs,
        Settle = policies.For(incident.Metadata.Namespace!).Settle.Value,
        Now = time.GetUtcNow(),
    });

    private Task<IReadOnlyList<RunbookExecution>> StoredRunsAsync(Incident incident, CancellationToken cancellationToken) =>
        client.ListAllAsync<RunbookExecution>(
            incident.Metadata.Namespace, new ListOptions { LabelSelector = $"{Names.IncidentLabel}={incident.Metadata.Name}" }, cancellationToken);

    // Its name is made from incident and runbook: whoever makes it again after a crash finds it there.
    private async Task StartAsync(Incident incident, RunbookExecution start, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(start, cancellationToken);
            events.Normal(incident, Reasons.ExecutionStarted, "Start", $"started {start.Metadata.Name} of runbook {start.Spec.Runbook.Name}");
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            var taken = await client.FindAsync<RunbookExecution>(NamespacedName.Of(start), cancellationToken);
            if (taken is null || (taken.Spec.Trigger.Type == TriggerType.Alert && taken.Spec.Incident == start.Spec.Incident))
            {
                return;
            }

            // Somebody else's run has the name: the alert gets its own all the same, and people are told.
            events.Warning(incident, Reasons.ExecutionStarted, "Start", $"the name {start.Metadata.Name} is taken by a run of another cause");
            await StartAsync(incident, start with { Metadata = start.Metadata with { Name = IncidentPlanner.NextName(start.Metadata.Name!) } }, cancellationToken);
        }
    }

    private async Task ProposeAsync(Incident incident, IReadOnlyList<RunbookExecution> runs, CancellationToken cancellationToken)
    {
        var suggestions = await proposals.ProposeAsync(incident, runs, cancellationToken);
        foreach (var suggestion in suggestions.Where(suggestion => suggestion.State != SuggestionState.Closed))
        {
            var failed = suggestion.State == SuggestionState.Failed;
            events.Event(
                ObjectReference.To(incident),
                failed ? EventType.Warning : EventType.Normal,
                failed ? Reasons.PullRequestFailed : Reasons.PullRequestOpened,
                "Propose",
                failed ? $"{suggestion.Title}: {suggestion.Message}" : $"{suggestion.Title}: branch {suggestion.Branch}");
        }

        // An empty list too is an answer: this incident taught nothing, and is not asked again.
        await _writer.WriteAsync(incident, incident.Status, incident.Status! with { Suggestions = [.. suggestions] }, cancellationToken);
    }

    private void Tell(IncidentStatus? before, Incident stored)
    {
        if (stored.Status is { Unmatched: true } && before?.Unmatched != true)
        {
            events.Warning(stored, Reasons.AlertUnmatched, "Match", "no runbook fits the alerts; a person has to look");
        }

        if (stored.Status?.Phase == IncidentPhase.Resolved && before?.Phase != IncidentPhase.Resolved)
        {
            events.Normal(stored, Reasons.IncidentResolved, "Resolve", $"over after {stored.Status.TimeToResolve}");
        }
    }
}
