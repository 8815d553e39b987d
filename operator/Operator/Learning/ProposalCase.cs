using RunbookOperator.Api;

namespace RunbookOperator.Learning;

/// <summary>What happened in an incident, as far as one runbook is concerned.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Runbook">The runbook.</param>
/// <param name="Executions">Its runs in the incident.</param>
/// <param name="LastRuns">Its last runs that ended, newest first, those of the incident among them.</param>
/// <param name="Notes">Notes of the incident that were written while the runbook was in use.</param>
internal sealed record ProposalCase(
    Incident Incident, string Runbook, IReadOnlyList<RunbookExecution> Executions, IReadOnlyList<RunbookExecution> LastRuns, IReadOnlyList<IncidentNote> Notes)
{
    /// <summary>Sorts an incident by runbook.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="executions">Its runs.</param>
    /// <param name="all">All runs of the namespace.</param>
    public static IReadOnlyList<ProposalCase> Of(Incident incident, IReadOnlyList<RunbookExecution> executions, IReadOnlyList<RunbookExecution> all)
    {
        var until = executions.Select(run => run.Status?.FinishedAt).Append(incident.Status?.ResolvedAt).Max();
        return
        [
            .. executions.GroupBy(run => run.Spec.Runbook.Name, StringComparer.Ordinal).OrderBy(runs => runs.Key, StringComparer.Ordinal).Select(runs =>
                new ProposalCase(incident, runs.Key, [.. runs.OrderBy(Begin)], Ended(all, runs.Key, until), NotesOf(incident, executions, runs.Key))),
        ];
    }

    // Later runs do not count, so that the same question has the same answer after a restart.
    private static List<RunbookExecution> Ended(IReadOnlyList<RunbookExecution> all, string runbook, DateTimeOffset? until) =>
    [
        .. all.Where(run => run.Spec is { DryRun: not true, Trigger.Type: not TriggerType.Rollback } && run.Spec.Runbook.Name == runbook && ExecutionPhase.IsFinal(run.Status?.Phase) && run.Status?.FinishedAt <= until)
            .OrderByDescending(run => run.Status!.FinishedAt).ThenBy(run => run.Metadata.Name, StringComparer.Ordinal),
    ];

    // A note belongs to the runbook whose run had begun last when it was written.
    private static List<IncidentNote> NotesOf(Incident incident, IReadOnlyList<RunbookExecution> executions, string runbook) =>
    [
        .. (incident.Spec.Notes ?? []).Where(note =>
            (executions.Where(run => note.At is null || Begin(run) <= note.At).MaxBy(Begin) ?? executions.MinBy(Begin))?.Spec.Runbook.Name == runbook),
    ];

    private static DateTimeOffset Begin(RunbookExecution run) => run.Status?.StartedAt ?? run.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue;
}
