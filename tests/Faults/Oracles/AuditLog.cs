using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Faults;

/// <summary>The second witness: the API server's own audit log. It may miss what was under way when the API server was killed, so it is asked for
/// too much, never for too little.</summary>
internal static class AuditLog
{
    private static readonly string[] Writing = ["create", "update", "patch", "delete", "deletecollection"];

    /// <summary>What may not be.</summary>
    /// <param name="file">The log.</param>
    /// <param name="ns">Whose entries count.</param>
    /// <param name="effects">What the ledger has seen.</param>
    public static IEnumerable<string> Broken(string file, string ns, IReadOnlyList<Effect> effects)
    {
        var patched = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in Entries(file, ns))
        {
            var user = (string?)entry["impersonatedUser"]?["username"];
            if ((int?)entry["responseStatus"]?["code"] is not (>= 200 and < 300) || user is null || !Writing.Contains((string?)entry["verb"]))
            {
                continue;
            }

            if (user.EndsWith(":runbook-reader", StringComparison.Ordinal))
            {
                yield return $"the reader's account wrote: {entry["verb"]} {entry["requestURI"]}";
            }
            else if ((string?)entry["objectRef"]?["resource"] == "deployments" && user.EndsWith(":fixer", StringComparison.Ordinal))
            {
                var name = (string)entry["objectRef"]!["name"]!;
                patched[name] = patched.GetValueOrDefault(name) + 1;
            }
        }

        foreach (var (name, count) in patched)
        {
            var seen = effects.Count(effect => effect.Key.EndsWith($"/{ns}/{name}", StringComparison.Ordinal));
            if (count > seen)
            {
                yield return $"the API server let {count} changes of {name} through, and the ledger knows of {seen}";
            }
        }
    }

    private static IEnumerable<JsonObject> Entries(string file, string ns)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            // A line that a killed API server left half is none.
            if (line.Contains($"\"namespace\":\"{ns}\"", StringComparison.Ordinal) && Parse(line) is { } entry && (string?)entry["stage"] == "ResponseComplete")
            {
                yield return entry;
            }
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
