using Microsoft.Extensions.Logging;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Observability;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>Moves one run towards its end, one recorded step at a time: observes, asks the planner, stores what it says, then acts.</summary>
internal sealed partial class ExecutionReconciler(
    IKubernetesClient client,
    ILister<Incident> incidents,
    IPolicies policies,
    StartBudget budget,
    StepPreparer preparer,
    TypedRunner typed,
    PodRunner pods,
    ApprovalReader approvals,
    Snapshots snapshots,
    HmacKeys keys,
    AuditLog auditLog,
    ILeadership leadership,
    IEventRecorder events,
    ExecutionOptions options,
    TimeProvider time,
    ILogger<ExecutionReconciler> logger) : IReconciler
{
    /// <summary>Decisions of one pass. After each write every step that is under way may be looked at, prepared and asked about once more; more
    /// than that for every step means that planner and shell disagree.</summary>
    private const int DecisionsPerPass = 4 * Limits.Steps * Limits.Steps;

    private readonly StatusWriter _writer = new(client);

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        // Read from the API server: what is decided here is fenced by the version, and a stale read would only lose that race.
        var execution = await client.FindAsync<RunbookExecution>(request, cancellationToken);
        if (execution is null || execution.Metadata.DeletionTimestamp is not null)
        {
            await pods.ReleaseOrphansAsync(request, cancellationToken);
            return ReconcileResult.Done;
        }

        if (ExecutionPhase.IsFinal(execution.Status?.Phase))
        {
            return await CleanUpAsync(execution, cancellationToken);
        }

        var (runbook, problem) = await LoadAsync(execution, cancellationToken);
        if (runbook is not null)
        {
            return await DriveAsync(execution, runbook, cancellationToken);
        }

        await StoreAsync(execution, Planner.WithoutRunbook(execution, execution.Status ?? new RunbookExecutionStatus(), problem, time.GetUtcNow()), cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task<(RunbookSpec? Runbook, string Problem)> LoadAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await snapshots.LoadAsync(execution, cancellationToken),
                $"the runbook {execution.Spec.Runbook.Name} is not there, or has changed under its run");
        }
        catch (ApiException exception) when (exception.IsForbidden)
        {
            return (null, $"the namespace {execution.Metadata.Namespace} does not let the operator in: {exception.Message}");
        }
    }

    private async Task<ReconcileResult> DriveAsync(RunbookExecution execution, RunbookSpec runbook, CancellationToken cancellationToken)
    {
        var revision = execution.Status?.Revision ?? RunbookRevision.Of(runbook);
        var observed = Observed.Nothing;
        for (var i = 0; i < DecisionsPerPass; i++)
        {
            // Asked for each decision: a policy that says stop is to be heard at once, also by a run that is under way.
            var policy = policies.For(execution.Metadata.Namespace!);
            observed = observed with { AlertSettlesAt = SettlesAt(execution, policy), BeginsAt = BeginsAt(execution, policy) };
            var decision = Planner.Decide(new PlannerInput
            {
                Execution = execution,
                Runbook = runbook,
                Revision = revision,
                Status = execution.Status ?? new RunbookExecutionStatus(),
                Observed = observed,
                Policy = policy,
                Now = time.GetUtcNow(),
            });
            switch (decision.Request)
            {
                case Request.Observe look:
                    observed = observed with { Evidence = [.. observed.Evidence, await ObserveAsync(execution, look, cancellationToken)] };
                    continue;
                case Request.Prepare prepare:
                    var prepared = await preparer.PrepareAsync(execution, runbook, prepare, cancellationToken);
                    observed = observed with { Prepared = [.. observed.Prepared, prepared] };
                    continue;
                case Request.ReadDecisions read:
                    var decisions = await approvals.ReadAsync(execution, read.Prepared, read.Possible, cancellationToken);
                    observed = observed with { Decisions = [.. observed.Decisions, new StepDecisions(read.Step.Name, read.Status.Attempt, decisions)] };
                    continue;
                default:
                    execution = await StoreAsync(execution, decision, cancellationToken);
                    break;
            }

            await DoAsync(execution, decision.Deeds, cancellationToken);
            switch (decision.Request)
            {
                case Request.Wait wait:
                    return wait.After is { } after ? ReconcileResult.After(after) : ReconcileResult.Done;
                case Request.Finish:
                    typed.Forget(execution);
                    return ReconcileResult.After(options.PodsKept);
            }

            observed = Observed.Nothing;
        }

        throw new InvalidOperationException($"the run {NamespacedName.Of(execution)} came to no decision");
    }

    // Side by side: what takes long holds up no other. All of it is recorded, so what one failure leaves undone is found and done later.
    private Task DoAsync(RunbookExecution execution, IReadOnlyList<Deed> deeds, CancellationToken cancellationToken) =>
        Task.WhenAll(deeds.Select(deed => deed switch
        {
            Deed.Act act => ActAsync(execution, act, cancellationToken),
            Deed.StopPod stop => pods.StopAsync(execution, stop.Status.Pod!, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        }));

    private async Task ActAsync(RunbookExecution execution, Deed.Act act, CancellationToken cancellationToken)
    {
        // A leader that was paused for long must not act on what it decided before.
        if (!leadership.IsLeader || leadership.Remaining < options.LeaseNeeded)
        {
            throw new LeaseTooShortException();
        }

        LogActing(NamespacedName.Of(execution), act.Step.Name, act.Status.Attempt);
        if (act.Step.Run is not null)
        {
            await pods.StartAsync(execution, act.Step, act.Prepared, AttemptId.Of(execution, act.Step.Name, act.Status.Attempt), cancellationToken);
        }
        else
        {
            await typed.ActAsync(execution, act.Step, act.Status, Values(execution), cancellationToken);
        }
    }

    private async Task<StepEvidence> ObserveAsync(RunbookExecution execution, Request.Observe look, CancellationToken cancellationToken)
    {
        var (step, status) = (look.Step, look.Status);
        var evidence = step.Run is not null
            ? await pods.ObserveAsync(execution, step, status, cancellationToken)
            : await typed.ObserveAsync(execution, step, status, Values(execution), cancellationToken)
                ?? new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt };
        return evidence is StepEvidence.Ended { Success: true } done && step.Verify is not null
            ? await typed.VerifyAsync(execution, step, done, Values(execution), cancellationToken)
            : evidence;
    }

    /// <summary>Stores what was decided, then tells people. What is told is told again only if the write before it was lost.</summary>
    private async Task<RunbookExecution> StoreAsync(RunbookExecution execution, Decision decision, CancellationToken cancellationToken)
    {
        var before = execution.Status;
        var status = decision.Status with { Audit = AuditChain.Append(before?.Audit, decision.Audit, keys) };
        var stored = await _writer.WriteAsync(execution, before, status, cancellationToken);
        auditLog.Write(stored, before?.Audit?.Head ?? "", decision.Audit, keys);
        foreach (var told in decision.Events)
        {
            events.Event(
                ObjectReference.To(stored), told.Warning ? EventType.Warning : EventType.Normal, told.Reason, "Run", options.Redactor.Redact(told.Note));
        }

        foreach (var ended in EndedPods(before, stored.Status))
        {
            await pods.ReleaseAsync(new NamespacedName(stored.Metadata.Namespace!, ended), cancellationToken);
        }

        return stored;
    }

    private static IEnumerable<string> EndedPods(RunbookExecutionStatus? before, RunbookExecutionStatus? after) =>
        (before?.Steps ?? []).Where(step => step is { State: StepState.Running, Pod: not null })
            .Where(step => after?.Steps?.Any(now => now.Name == step.Name && now.State != StepState.Running) == true)
            .Select(step => step.Pod!);

    private async Task<ReconcileResult> CleanUpAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        var due = (execution.Status!.FinishedAt ?? time.GetUtcNow()) + options.PodsKept - time.GetUtcNow();
        if (due > TimeSpan.Zero)
        {
            return ReconcileResult.After(due);
        }

        await pods.RemoveAsync(execution, cancellationToken);
        return ReconcileResult.Done;
    }

    private DateTimeOffset? BeginsAt(RunbookExecution execution, EffectivePolicy policy) =>
        execution.Status?.StartedAt is null && policy.ExecutionsPerHour.Value is { } limit ? budget.Take(execution, limit, time.GetUtcNow()) : null;

    // A run that a person started has no alert of its own and is not touched when one resolves.
    private DateTimeOffset? SettlesAt(RunbookExecution execution, EffectivePolicy policy) =>
        execution.Spec is { Trigger.Type: TriggerType.Alert, Incident: { } name }
        && incidents.Find(new NamespacedName(execution.Metadata.Namespace!, name)) is { } incident
            ? IncidentAlerts.SettlesAt(incident.Spec.Alerts, policy.Settle.Value)
            : null;

    private static Dictionary<string, string> Values(RunbookExecution execution) => execution.Status?.Variables ?? [];

    [LoggerMessage(1, LogLevel.Information, "Acting for {Execution}: step {Step}, attempt {Attempt}")]
    private partial void LogActing(NamespacedName execution, string step, int attempt);
}
