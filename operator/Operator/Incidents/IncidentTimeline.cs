using RunbookOperator.Api;

namespace RunbookOperator.Incidents;

/// <summary>The story of an incident, one line for each thing that happened. Pure, and without a clock of its own: what is told twice is the same
/// line, and is kept once.</summary>
internal static class IncidentTimeline
{
    /// <summary>The timeline after what is new.</summary>
    public static List<TimelineEntry>? Next(
        IncidentStatus before, IncidentStatus status, Incident incident, IReadOnlyList<RunbookExecution> runs, DateTimeOffset now)
    {
        var told = (before.Timeline ?? []).Select(entry => entry.What).ToHashSet(StringComparer.Ordinal);
        var fresh = Alerts(incident).Concat(runs.SelectMany(Run)).Concat(Notes(incident)).Concat(Phase(before, status, now))
            .Select(entry => entry with { What = Variables.Clean(entry.What, Limits.Line) })
            .Where(entry => told.Add(entry.What));
        var all = (before.Timeline ?? []).Concat(fresh).OrderBy(entry => entry.At).TakeLast(Limits.Timeline).ToList();
        return all.Count == 0 ? null : all;
    }

    private static IEnumerable<TimelineEntry> Alerts(Incident incident)
    {
        foreach (var alert in incident.Spec.Alerts ?? [])
        {
            var name = alert.Labels.GetValueOrDefault("alertname") ?? alert.Fingerprint;
            yield return Entry(alert.StartsAt, $"alert {name} fires ({alert.Fingerprint}, {alert.StartsAt:HH:mm:ss})");
            if (alert.EndsAt is { } end)
            {
                yield return Entry(end, $"alert {name} resolved ({alert.Fingerprint}, {end:HH:mm:ss})");
            }
        }
    }

    private static IEnumerable<TimelineEntry> Run(RunbookExecution run)
    {
        if (run.Status?.StartedAt is { } started)
        {
            yield return Entry(started, $"run {run.Metadata.Name} of {run.Spec.Runbook.Name} started");
        }

        foreach (var step in run.Status?.Steps ?? [])
        {
            foreach (var approval in step.Approvals ?? [])
            {
                yield return Entry(approval.At ?? step.FinishedAt ?? default, $"{approval.User}: {approval.Decision} {step.Name} in {run.Metadata.Name}");
            }

            if (step.FinishedAt is { } finished && StepState.IsFinal(step.State))
            {
                yield return Entry(finished, $"step {step.Name} {step.State} in {run.Metadata.Name}");
            }
        }

        if (run.Status?.FinishedAt is { } end)
        {
            yield return Entry(end, $"run {run.Metadata.Name} {run.Status.Phase}");
        }
    }

    private static IEnumerable<TimelineEntry> Notes(Incident incident) =>
        (incident.Spec.Notes ?? []).Where(note => note.At is not null)
            .Select(note => Entry(note.At!.Value, $"{note.User}: {note.Text}{(note.Command is null ? "" : $" [{note.Command}]")}"));

    private static IEnumerable<TimelineEntry> Phase(IncidentStatus before, IncidentStatus status, DateTimeOffset now) =>
        status.Phase == IncidentPhase.Resolved && before.Phase != IncidentPhase.Resolved
            ? [Entry(now, $"incident resolved after {status.TimeToResolve}")]
            : [];

    private static TimelineEntry Entry(DateTimeOffset at, string what) => new() { At = at, What = what };
}
