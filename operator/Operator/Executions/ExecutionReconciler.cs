using Microsoft.Extensions.Logging;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Observability;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>Moves one run towards its end, one recorded step at a time: observes, asks the planner, stores what it says, then acts.</summary>
internal sealed partial class ExecutionReconciler(
    IKubernetesClient client,
    ILister<Incident> incidents,
    ILister<RunbookExecution> executions,
    IPolicies policies,
    StartBudget budget,
    StepPreparer preparer,
    TypedRunner typed,
    PodRunner pods,
    DryRunner trials,
    RunStarter runs,
    RollbackStarter rollbacks,
    AccessQuestions access,
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
            if (execution is not null)
            {
                await runs.ReleaseOrphanAsync(execution, cancellationToken);
            }

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
            return (null, $"the namespace {execution.Metadata.Namespace} does not let the operator in: {exception.Message}; let it in with: {LetIn.Command(execution.Metadata.Namespace!, null)}");
        }
    }

    private async Task<ReconcileResult> DriveAsync(RunbookExecution execution, RunbookSpec runbook, CancellationToken cancellationToken)
    {
        var revision = execution.Status?.Revision ?? RunbookRevision.Of(runbook);
        var undoes = execution is { Spec.Trigger.Type: TriggerType.Rollback, Status.StartedAt: null } ? await rollbacks.FindAsync(execution, cancellationToken) : [];
        var observed = Observed.Nothing;
        for (var i = 0; i < DecisionsPerPass; i++)
        {
            // Asked for each decision: a policy that says stop is to be heard at once, also by a run that is under way.
            var policy = policies.For(execution.Metadata.Namespace!);
            observed = Around(observed, execution, policy) with { Undoes = undoes };
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
            if (await LookAsync(execution, runbook, observed, decision.Request, cancellationToken) is { } more)
            {
                observed = more;
                continue;
            }

            execution = await StoreAsync(execution, decision, cancellationToken);
            await DoAsync(execution, decision.Deeds, cancellationToken);
            switch (decision.Request)
            {
                case Request.Wait wait:
                    return wait.After is { } after ? ReconcileResult.After(after) : ReconcileResult.Done;
                case Request.Finish:
                    typed.Forget(execution);
                    trials.Forget(execution);
                    return ReconcileResult.After(options.PodsKept);
            }

            observed = Observed.Nothing;
        }

        throw new InvalidOperationException($"the run {NamespacedName.Of(execution)} came to no decision");
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

        foreach (var ended in Ended(before, stored.Status))
        {
            await ReleaseAsync(stored, ended, cancellationToken);
        }

        return stored;
    }

    private static IEnumerable<StepStatus> Ended(RunbookExecutionStatus? before, RunbookExecutionStatus? after) =>
        (before?.Steps ?? []).Where(step => step.State == StepState.Running && Later(after, step) is { State: not StepState.Running })
            .Concat((before?.Steps ?? []).Where(step => step.Rollback?.State == StepState.Running && Later(after, step) is { Rollback.State: not StepState.Running })
                .Select(step => step.AsUndo()!));

    private static StepStatus? Later(RunbookExecutionStatus? after, StepStatus step) => after?.Steps?.Find(now => now.Name == step.Name);

    private async Task ReleaseAsync(RunbookExecution execution, StepStatus step, CancellationToken cancellationToken)
    {
        if (step.Pod is { } pod)
        {
            await pods.ReleaseAsync(new NamespacedName(execution.Metadata.Namespace!, pod), cancellationToken);
        }
        else if (RunStarter.IsChild(step))
        {
            await runs.ReleaseAsync(RunStarter.ChildOf(execution, step), cancellationToken);
        }
    }

    private async Task<ReconcileResult> CleanUpAsync(RunbookExecution execution, CancellationToken cancellationToken)
    {
        if (await rollbacks.StartAsync(execution, cancellationToken) is { } made)
        {
            events.Event(ObjectReference.To(execution), EventType.Normal, Reasons.RollingBack, "Run", $"the run {made.Metadata.Name} undoes what this one did");
        }

        var due = (execution.Status!.FinishedAt ?? time.GetUtcNow()) + options.PodsKept - time.GetUtcNow();
        if (due > TimeSpan.Zero)
        {
            return ReconcileResult.After(due);
        }

        await pods.RemoveAsync(execution, cancellationToken);
        foreach (var step in (execution.Status.Steps ?? []).Where(RunStarter.IsChild))
        {
            await runs.ReleaseAsync(RunStarter.ChildOf(execution, step), cancellationToken);
        }

        return ReconcileResult.Done;
    }

    private static Dictionary<string, string> Values(RunbookExecution execution) => execution.Status?.Variables ?? [];

    [LoggerMessage(1, LogLevel.Information, "Acting for {Execution}: step {Step}, attempt {Attempt}")]
    private partial void LogActing(NamespacedName execution, string step, int attempt);
}
