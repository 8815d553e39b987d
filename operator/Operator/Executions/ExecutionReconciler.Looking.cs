using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;

namespace RunbookOperator.Executions;

/// <content>What the planner asks to know.</content>
internal sealed partial class ExecutionReconciler
{
    /// <summary>What was observed, with the answer; null if the request asks for nothing.</summary>
    private async Task<Observed?> LookAsync(
        RunbookExecution execution, RunbookSpec runbook, Observed observed, Request request, CancellationToken cancellationToken) => request switch
    {
        Request.Observe look => observed with { Evidence = [.. observed.Evidence, await ObserveAsync(execution, look, cancellationToken)] },
        Request.Prepare prepare => observed with { Prepared = [.. observed.Prepared, await preparer.PrepareAsync(execution, runbook, prepare, cancellationToken)] },
        Request.ReadDecisions read => observed with
        {
            Decisions =
            [
                .. observed.Decisions,
                new StepDecisions(
                    read.Step.Name, read.Prepared.Attempt, await approvals.ReadAsync(execution, read.Prepared, read.Possible, read.WereUsed, cancellationToken))
                {
                    IsUndo = read.Prepared.IsUndo,
                },
            ],
        },
        Request.AskAccess ask => observed with { Unmet = await access.UnmetAsync(execution, runbook, ask.Variables, cancellationToken) },
        Request.ReadParent read => observed with { Parent = await ParentAsync(execution, read.Name, cancellationToken) },
        Request.HandOver hand => observed with { HandedOver = await runs.HandOverAsync(execution, hand, cancellationToken) },
        _ => null,
    };

    private async Task<ParentRun> ParentAsync(RunbookExecution execution, string name, CancellationToken cancellationToken) =>
        new((await client.FindAsync<RunbookExecution>(new NamespacedName(execution.Metadata.Namespace!, name), cancellationToken))?.Status?.Steps ?? []);

    private async Task<StepEvidence> ObserveAsync(RunbookExecution execution, Request.Observe look, CancellationToken cancellationToken)
    {
        var (step, status) = (look.Step, look.Status);
        if (step.Runbook is not null)
        {
            return await runs.ObserveAsync(execution, step, status, options.Redactor, cancellationToken);
        }

        var isUndo = look.Direction != StepDirection.Forward;
        var evidence = step.Run is null ? await typed.ObserveAsync(execution, step, status, look.Direction, Values(execution), cancellationToken)
            : execution.Spec.DryRun == true ? trials.Observe(execution, step, status)
            : await pods.ObserveAsync(execution, step, status, isUndo, cancellationToken);
        evidence ??= new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt, IsUndo = isUndo };

        // What a dry run did not do cannot be checked.
        return execution.Spec.DryRun == true ? evidence
            : evidence is StepEvidence.Ended { Success: true } done && step.Verify is not null
            ? await typed.VerifyAsync(execution, step, status, done, Values(execution), cancellationToken)
            : evidence;
    }

    /// <summary>What is known of the run's surroundings without asking.</summary>
    private Observed Around(Observed observed, RunbookExecution execution, EffectivePolicy policy)
    {
        var ns = execution.Metadata.Namespace!;
        var incident = execution.Spec.Incident is { } name ? incidents.Find(new NamespacedName(ns, name)) : null;
        return observed with
        {
            AlertSettlesAt = SettlesAt(execution, incident, policy),
            BeginsAt = BeginsAt(execution, policy),
            Services = incident is null ? 0 : IncidentAlerts.Services(incident.Spec),
            TakenOverBy = execution.Status?.StartedAt is null && execution.Spec.Incident is { } about
                ? executions.ByIndex(IncidentReconciler.IncidentIndex, IncidentReconciler.IndexValue(ns, about)).FirstOrDefault(other => TakesOver(other, execution))?.Metadata.Name
                : null,
        };
    }

    private static bool TakesOver(RunbookExecution other, RunbookExecution execution) =>
        other.Spec is { Trigger.Type: TriggerType.Manual, DryRun: not true } && other.Spec.Runbook.Name == execution.Spec.Runbook.Name
        && other.Metadata.CreationTimestamp >= execution.Metadata.CreationTimestamp;

    private DateTimeOffset? BeginsAt(RunbookExecution execution, EffectivePolicy policy) =>
        execution is { Status: null or { StartedAt: null }, Spec: { DryRun: not true, Trigger.Type: not TriggerType.Rollback } } && policy.ExecutionsPerHour.Value is { } limit ? budget.Take(execution, limit, time.GetUtcNow()) : null;

    // A run that a person started has no alert of its own and is not touched when one resolves.
    private static DateTimeOffset? SettlesAt(RunbookExecution execution, Incident? incident, EffectivePolicy policy) =>
        incident is not null && execution.Spec.Trigger.Type is TriggerType.Alert or TriggerType.Escalation or TriggerType.Child
            ? IncidentAlerts.SettlesAt(incident!.Spec.Alerts, policy.Settle.Value)
            : null;
}
