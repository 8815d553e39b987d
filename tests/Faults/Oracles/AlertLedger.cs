using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Holds what was answered to the sender of alerts against what is stored: nothing is lost, and nothing is there twice.</summary>
internal static class AlertLedger
{
    /// <summary>What may not be.</summary>
    public static IEnumerable<string> Broken(IEnumerable<StoredVersion> objects, string ns, IEnumerable<SentAlert> taken)
    {
        var incidents = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var runs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var version in objects.Where(static version => version.Value is not null))
        {
            if (Under(version, "incidents", ns))
            {
                Note(names, (string?)version.Value!["spec"]?["key"], [(string)version.Value["metadata"]!["name"]!]);
                Note(incidents, (string?)version.Value!["spec"]?["key"], version.Value["spec"]?["alerts"]?.AsArray().Select(static alert => (string)alert!["fingerprint"]!) ?? []);
            }
            else if (Under(version, "runbookexecutions", ns))
            {
                Note(runs, (string?)version.Value!["spec"]?["incident"], [(string)version.Value["metadata"]!["uid"]!]);
            }
        }

        foreach (var alert in taken.Where(static alert => alert.EndsAt is null))
        {
            if (incidents.GetValueOrDefault($"service:{AlertSender.Scope}/{alert.Service}")?.Contains(alert.Fingerprint) != true)
            {
                yield return $"the alert {alert.Fingerprint} of {alert.Service} was taken and is in no incident";
            }
        }

        // None of them is over for long enough to be followed by another.
        foreach (var (key, several) in names.Where(static pair => pair.Value.Count > 1))
        {
            yield return $"there are {several.Count} incidents of {key}";
        }

        foreach (var (incident, started) in runs.Where(static pair => pair.Value.Count > 1))
        {
            yield return $"the incident {incident} has {started.Count} runs";
        }
    }

    private static bool Under(StoredVersion version, string kind, string ns) =>
        version.Key.StartsWith($"/registry/{Names.Group}/{kind}/{ns}/", StringComparison.Ordinal);

    private static void Note(Dictionary<string, HashSet<string>> all, string? key, IEnumerable<string> values)
    {
        if (key is null)
        {
            return;
        }

        if (!all.TryGetValue(key, out var known))
        {
            all[key] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(values);
    }
}
