using RunbookOperator.Api;

namespace RunbookOperator.Incidents;

/// <summary>Finds the runbook for alerts, by the matchers it declares. Pure.</summary>
public static class RunbookMatcher
{
    /// <summary>The runbook that fits the first alert that any fits; of several, the one with the most matchers, then by name.</summary>
    /// <param name="runbooks">The runbooks of the namespace.</param>
    /// <param name="alerts">The alerts, the first to be looked at first.</param>
    /// <returns>The runbook and the alert it fits, or null if none fits any.</returns>
    public static (Runbook Runbook, IncidentAlert Alert)? Find(IEnumerable<Runbook> runbooks, IEnumerable<IncidentAlert> alerts) =>
        FindAll(runbooks, alerts) is [var first, ..] ? first : null;

    /// <summary>For each alert that any runbook fits, the one that fits best: the most matchers, then by name. A runbook with a field that is not
    /// acted upon fits none: it says so itself.</summary>
    public static IReadOnlyList<(Runbook Runbook, IncidentAlert Alert)> FindAll(IEnumerable<Runbook> runbooks, IEnumerable<IncidentAlert> alerts)
    {
        var found = new List<(Runbook Runbook, IncidentAlert Alert)>();
        var candidates = runbooks.Where(runbook => runbook.Spec.Triggers is { Count: > 0 } && runbook.Metadata.DeletionTimestamp is null).ToList();
        foreach (var alert in alerts)
        {
            var best = candidates
                .Select(runbook => (Runbook: runbook, Fit: Fit(runbook, alert)))
                .Where(candidate => candidate.Fit > 0 && NotActedUpon.In(candidate.Runbook).Count == 0)
                .OrderByDescending(candidate => candidate.Fit)
                .ThenBy(candidate => candidate.Runbook.Metadata.Name, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best.Runbook is not null)
            {
                found.Add((best.Runbook, alert));
            }
        }

        return found;
    }

    // The number of matchers of the most particular trigger that fits; 0 if none does.
    private static int Fit(Runbook runbook, IncidentAlert alert) => runbook.Spec.Triggers!
        .Select(trigger => trigger.Alert?.Matchers ?? [])
        .Where(matchers => matchers.Count > 0 && matchers.TrueForAll(text => Matches(text, alert)))
        .Select(matchers => matchers.Count)
        .DefaultIfEmpty()
        .Max();

    private static bool Matches(string text, IncidentAlert alert) => Matcher.TryParse(text, out var matcher, out _) && matcher.Matches(alert.Labels);
}
