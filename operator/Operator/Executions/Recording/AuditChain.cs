using System.Text;
using System.Text.Json;
using RunbookOperator.Admission;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>The audit trail of a run: each entry is chained to the one before by an HMAC with the operator's key.</summary>
internal static class AuditChain
{
    /// <summary>Adds <paramref name="entries"/> to the trail.</summary>
    public static AuditTrail? Append(AuditTrail? trail, IReadOnlyList<AuditEntry> entries, HmacKeys keys)
    {
        if (entries.Count == 0)
        {
            return trail;
        }

        var head = trail?.Head ?? "";
        var all = new List<AuditEntry>(trail?.Entries ?? []);
        foreach (var entry in entries.Select(Bounded))
        {
            head = Next(head, entry, keys);
            all.Add(entry);
        }

        return new AuditTrail { Head = head, Entries = all.Count > Limits.AuditEntries ? all[^Limits.AuditEntries..] : all };
    }

    /// <summary>The head after <paramref name="entry"/>.</summary>
    public static string Next(string head, AuditEntry entry, HmacKeys keys) =>
        keys.Compute([.. Encoding.UTF8.GetBytes($"audit\n{head}\n"), .. CanonicalJson.Bytes(JsonSerializer.SerializeToNode(entry, ApiJson.Default.AuditEntry))]);

    /// <summary>The entry as the line of the audit log, with the run it belongs to and the head after it.</summary>
    public static string Line(RunbookExecution execution, AuditEntry entry, string head)
    {
        var line = JsonSerializer.SerializeToNode(entry, ApiJson.Default.AuditEntry)!.AsObject();
        line["audit"] = $"{execution.Metadata.Namespace}/{execution.Metadata.Name}";
        line["uid"] = execution.Metadata.Uid;
        line["head"] = head;
        return line.ToJsonString();
    }

    /// <summary>The entry within its bounds, as it is stored.</summary>
    public static AuditEntry Bounded(AuditEntry entry) => entry with
    {
        // As the wire keeps it: whoever recomputes the chain has only what was stored.
        At = new DateTimeOffset(entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
        Actor = Variables.Clean(entry.Actor, Limits.Line),
        What = Variables.Clean(entry.What, Limits.Label),
    };
}
