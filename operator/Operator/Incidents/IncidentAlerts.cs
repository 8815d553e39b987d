using System.Text;
using System.Text.Json;
using RunbookOperator.Api;

namespace RunbookOperator.Incidents;

/// <summary>The alerts of an incident: how new ones join those that are there, and when all are over. Pure.</summary>
public static class IncidentAlerts
{
    /// <summary>Joins <paramref name="incoming"/> to <paramref name="known"/>. The same again changes nothing, in whatever order it comes.</summary>
    /// <returns>The alerts, the newest <see cref="Limits.Alerts"/> of them, and how many of the incoming ones were not known.</returns>
    public static (List<IncidentAlert> Alerts, int New) Merge(IReadOnlyList<IncidentAlert>? known, IEnumerable<IncidentAlert> incoming)
    {
        var alerts = (known ?? []).ToList();
        var added = 0;
        foreach (var alert in incoming.Select(Bounded))
        {
            var index = alerts.FindIndex(other => other.Fingerprint == alert.Fingerprint);
            if (index < 0)
            {
                alerts.Add(alert);
                added++;
            }
            else if (alert.StartsAt > alerts[index].StartsAt)
            {
                // It fires anew, so it is among the newest.
                alerts.RemoveAt(index);
                alerts.Add(alert);
            }
            else
            {
                alerts[index] = Newer(alerts[index], alert);
            }
        }

        return (Newest(alerts), added);
    }

    /// <summary>Whether <paramref name="alert"/> tells nothing that <paramref name="known"/> does not say.</summary>
    public static bool IsKnown(IReadOnlyList<IncidentAlert>? known, IncidentAlert alert) =>
        Variables.Clean(alert.Fingerprint, Limits.Line) is var fingerprint
        && known?.FirstOrDefault(other => other.Fingerprint == fingerprint) is { } same && Newer(same, alert) == same;

    /// <summary>When all alerts will have been resolved for <paramref name="settle"/>; null while one fires or there is none.</summary>
    public static DateTimeOffset? SettlesAt(IReadOnlyList<IncidentAlert>? alerts, TimeSpan settle) =>
        alerts is { Count: > 0 } && alerts.All(alert => alert.EndsAt is not null) ? alerts.Max(alert => alert.EndsAt)!.Value + settle : null;

    /// <summary>How many services the alerts are about, as their labels <c>service</c> or <c>app</c> say.</summary>
    public static int Services(IncidentSpec incident) => (incident.Alerts ?? [])
        .Select(alert => alert.Labels.GetValueOrDefault("service") ?? alert.Labels.GetValueOrDefault("app"))
        .Append(incident.Service)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Count();

    /// <summary>The worst severity that the alerts name; null if none does.</summary>
    public static string? Severity(IReadOnlyList<IncidentAlert> alerts) => alerts
        .Select(alert => alert.Labels.GetValueOrDefault("severity"))
        .Where(severity => severity is not null)
        .MinBy(severity => Array.IndexOf(Severities, severity) is var rank and >= 0 ? rank : Severities.Length);

    private static readonly string[] Severities = ["critical", "page", "error", "warning", "info", "none"];

    // The order of arrival decides which are the newest: a source's clock may be wrong. What is over goes first: if an alert that fires were
    // left out, the incident would look as if it were over.
    private static List<IncidentAlert> Newest(List<IncidentAlert> alerts)
    {
        var surplus = Math.Max(0, alerts.Count - Limits.Alerts);
        var over = alerts.Where(alert => alert.EndsAt is not null).Take(surplus).ToHashSet(ReferenceEqualityComparer.Instance);
        var rest = alerts.Where(alert => !over.Contains(alert)).ToList();
        return rest.Count > Limits.Alerts ? rest[^Limits.Alerts..] : rest;
    }

    // A later start is a new firing of the same alert; at the same start, an end stays an end whatever arrives late.
    private static IncidentAlert Newer(IncidentAlert known, IncidentAlert incoming) =>
        incoming.StartsAt > known.StartsAt ? incoming
        : incoming.StartsAt < known.StartsAt || incoming.EndsAt is null || known.EndsAt is not null ? known
        : known with { EndsAt = incoming.EndsAt };

    private static IncidentAlert Bounded(IncidentAlert alert)
    {
        var bounded = alert with
        {
            Fingerprint = Variables.Clean(alert.Fingerprint, Limits.Line),
            Labels = Cut(alert.Labels, Limits.Value)!,
            Annotations = Cut(alert.Annotations, Limits.Value),
        };
        if (Size(bounded) > Limits.AlertBytes)
        {
            bounded = bounded with { Annotations = null };
        }

        // The longest labels go first, so that names and other short values, which matchers are about, stay.
        while (Size(bounded) > Limits.AlertBytes && bounded.Labels.Count > 0)
        {
            var longest = bounded.Labels.MaxBy(label => label.Value.Length).Key;
            bounded = bounded with { Labels = bounded.Labels.Where(label => label.Key != longest).ToDictionary(StringComparer.Ordinal) };
        }

        return bounded;
    }

    // Two names may be one once they are cleaned; the first stays.
    private static Dictionary<string, string>? Cut(Dictionary<string, string>? values, int maximum) => values?
        .Where(pair => pair.Key.Length > 0 && pair.Value.Length > 0)
        .Take(100)
        .DistinctBy(pair => Variables.Clean(pair.Key, Limits.Line))
        .ToDictionary(pair => Variables.Clean(pair.Key, Limits.Line), pair => Variables.Clean(pair.Value, maximum), StringComparer.Ordinal);

    private static int Size(IncidentAlert alert) => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(alert, ApiJson.Default.IncidentAlert));
}
