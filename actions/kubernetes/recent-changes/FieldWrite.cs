using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Who wrote an object last, and when, as its <c>managedFields</c> tell: one entry for each writer. Pure.</summary>
/// <param name="At">When.</param>
/// <param name="By">The writer's name, such as <c>kubectl-edit</c>.</param>
/// <param name="What">In words.</param>
internal sealed record FieldWrite(DateTimeOffset At, string By, string What)
{
    // Their writes follow from changes that are told themselves.
    private static readonly string[] Controllers = ["kube-controller-manager", "kube-scheduler", "kubelet", "cloud-controller-manager", "k3s"];

    /// <summary>What people and their tools wrote since.</summary>
    public static IReadOnlyList<FieldWrite> Of(JsonObject value, DateTimeOffset since)
    {
        var writes = value.Items("metadata", "managedFields").Select(entry => Read(value, entry, since)).OfType<FieldWrite>().OrderBy(write => write.At).ToList();
        var created = value.Time("metadata", "creationTimestamp");
        if (created < since || created is null)
        {
            return writes;
        }

        var first = writes.Count > 0 && writes[0].At - created < TimeSpan.FromSeconds(2) ? writes[0] : null;
        return [new FieldWrite(created.Value, first?.By ?? "", first is null ? "created" : $"created by {first.By}"), .. writes.Where(write => write != first)];
    }

    private static FieldWrite? Read(JsonObject value, JsonNode entry, DateTimeOffset since)
    {
        var (by, part) = (entry.Text("manager") ?? "somebody", entry.Text("subresource"));
        if (entry.Time("time") is not { } at || at < since || part == "status")
        {
            return null;
        }

        if (part == "scale")
        {
            return new FieldWrite(at, by, $"scaled to {value.Number("spec", "replicas") ?? 0} by {by}");
        }

        // Servers before 1.22 do not say that a writer wrote the status alone.
        var fields = (entry["fieldsV1"] as JsonObject ?? []).Select(field => field.Key).ToList();
        if (Controllers.Contains(by) || fields is ["f:status"])
        {
            return null;
        }

        return new FieldWrite(at, by, fields is ["f:metadata"] ? $"labels or annotations changed by {by}" : $"changed by {by}");
    }
}
