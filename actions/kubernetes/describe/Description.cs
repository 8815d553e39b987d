using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>The parts of a description. Pure.</summary>
internal static class Description
{
    /// <summary>The most labels, and the most annotations, shown.</summary>
    public const int MaximumMarks = 20;

    /// <summary>Who it is and how it stands, one fact a line.</summary>
    public static IEnumerable<string> Head(ResourceDefinition resource, JsonObject shown, string? managed, DateTimeOffset now)
    {
        List<(string Name, string? Value)> facts =
        [
            ("Name", shown.Text("metadata", "name")),
            ("Namespace", shown.Text("metadata", "namespace")),
            ("Kind", $"{resource.Kind} ({resource.ApiVersion})"),
            ("Age", ActionOutput.Age(shown.Time("metadata", "creationTimestamp"), now)),
            ("Being deleted", shown.Time("metadata", "deletionTimestamp") is { } since ? $"for {ActionOutput.Age(since, now)}" : null),
            ("Finalizers", shown.Text("metadata", "deletionTimestamp") is null ? null : string.Join(", ", shown.Items("metadata", "finalizers").Select(Plain))),
            ("Owner", Owner(shown)),
            ("Managed", managed),
            ("Labels", Marks(shown, "labels")),
            ("Annotations", Marks(shown, "annotations")),
            .. Columns.Of(resource).Select(column => (Title(column.Title), column.Read(shown))),
        ];
        var given = facts.FindAll(fact => !string.IsNullOrEmpty(fact.Value));
        var width = given.Max(fact => fact.Name.Length) + 1;
        return given.Select(fact => $"{(fact.Name + ":").PadRight(width)}  {Variables.Clean(fact.Value!, Limits.Message)}");
    }

    /// <summary>The containers of a pod with their states, or of a pod template with their amounts.</summary>
    public static IEnumerable<string> Containers(JsonObject shown)
    {
        var pod = shown.Text("kind") == "Pod";
        var spec = pod ? shown.At("spec") : shown.At("spec", "template", "spec") ?? shown.At("spec", "jobTemplate", "spec", "template", "spec");
        var rows = spec.Items("initContainers").Concat(spec.Items("containers")).Select(container => pod ? State(shown, container) : Amounts(container)).ToList();
        return rows.Count == 0 ? []
            : ActionOutput.Table(pod ? ["CONTAINER", "IMAGE", "READY", "RESTARTS", "STATE", "LAST"] : ["CONTAINER", "IMAGE", "REQUESTS", "LIMITS"], rows).Prepend("");
    }

    /// <summary>The conditions.</summary>
    public static IEnumerable<string> Conditions(JsonObject shown)
    {
        var rows = shown.Items("status", "conditions")
            .Select(condition => (string[])[.. ((string[])["type", "status", "reason", "message"]).Select(name => Cell(condition.Text(name)))])
            .ToList();
        return rows.Count == 0 ? [] : ActionOutput.Table(["CONDITION", "STATUS", "REASON", "MESSAGE"], rows).Prepend("");
    }

    /// <summary>The newest events, oldest first.</summary>
    public static IEnumerable<string> Events(IReadOnlyList<JsonObject> events, DateTimeOffset now)
    {
        var newest = events.Select(Happening.Of).OrderBy(e => e.LastSeen).TakeLast(DescribeAction.MaximumEvents)
            .Select(e => (string[])[ActionOutput.Age(e.LastSeen, now), e.Type, e.Reason, e.Message])
            .ToList();
        return newest.Count == 0 ? [] : ActionOutput.Table(["LAST SEEN", "TYPE", "REASON", "EVENT"], newest).Prepend("");
    }

    private static string? Owner(JsonObject shown) =>
        shown.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller")) is { } owner ? $"{owner.Text("kind")} {owner.Text("name")}" : null;

    private static string Marks(JsonObject shown, string map)
    {
        var marks = (shown.At("metadata", map) as JsonObject ?? []).Select(mark => $"{mark.Key}={Variables.Clean(mark.Value is null ? "" : Plain(mark.Value), Limits.Label)}").ToList();
        var more = marks.Count > MaximumMarks ? $" and {marks.Count - MaximumMarks} more" : "";
        return string.Join(", ", marks.Take(MaximumMarks)) + more;
    }

    private static string[] State(JsonObject pod, JsonNode container)
    {
        var name = container.Text("name");
        var status = pod.Items("status", "containerStatuses").Concat(pod.Items("status", "initContainerStatuses")).FirstOrDefault(status => status.Text("name") == name);
        return
        [
            Cell(name), Cell(container.Text("image")), status.Flag("ready") ? "yes" : "no", $"{status.Number("restartCount") ?? 0}",
            Cell(Word(status.At("state"))), Cell(Word(status.At("lastState"))),
        ];
    }

    private static string[] Amounts(JsonNode container) =>
        [Cell(container.Text("name")), Cell(container.Text("image")), Cell(Amounts(container, "requests")), Cell(Amounts(container, "limits"))];

    private static string Amounts(JsonNode container, string list) =>
        string.Join(',', (container.At("resources", list) as JsonObject ?? []).Select(amount => $"{amount.Key}={(amount.Value is null ? "" : Plain(amount.Value))}"));

    // Such as "waiting: CrashLoopBackOff", "terminated: OOMKilled, exit code 137".
    private static string? Word(JsonNode? state)
    {
        if (state is not JsonObject { Count: > 0 } value)
        {
            return null;
        }

        var (name, detail) = value.First();
        var code = detail.Number("exitCode") is { } exit ? $", exit code {exit}" : "";
        return detail.Text("reason") is { } reason ? $"{name}: {reason}{code}" : name + code;
    }

    private static string Title(string column) => column[0] + column[1..].ToLowerInvariant();

    private static string Plain(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? "-" : Variables.Clean(text, Limits.Line);
}
