using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>One column of a table between NAME and AGE.</summary>
internal sealed record Column(string Title, Func<JsonObject, string?> Read);

/// <summary>What is worth seeing of each kind; of others the Ready condition and the phase.</summary>
internal static class Columns
{
    private static readonly Column Images = new("IMAGES", value =>
        string.Join(',', value.Items("spec", "template", "spec", "containers").Select(container => container.Text("image"))));

    private static readonly Column ReadyReplicas = new("READY", value => $"{Count(value, "readyReplicas")}/{value.Number("spec", "replicas") ?? 1}");

    private static readonly Column Keys = new("KEYS", value => value.Number("keys")?.ToString() ?? $"{(value["data"] as JsonObject)?.Count ?? 0}");

    private static readonly Dictionary<string, Column[]> Known = new()
    {
        ["pods"] =
        [
            new("READY", PodCells.Ready), new("STATUS", PodCells.Status), new("RESTARTS", PodCells.Restarts), new("NODE", pod => pod.Text("spec", "nodeName")),
        ],
        ["deployments.apps"] =
        [
            ReadyReplicas, new("UP-TO-DATE", value => Count(value, "updatedReplicas")), new("AVAILABLE", value => Count(value, "availableReplicas")), Images,
        ],
        ["statefulsets.apps"] = [ReadyReplicas, new("UP-TO-DATE", value => Count(value, "updatedReplicas")), Images],
        ["replicasets.apps"] = [ReadyReplicas, Images],
        ["daemonsets.apps"] =
        [
            new("READY", value => $"{Count(value, "numberReady")}/{Count(value, "desiredNumberScheduled")}"),
            new("UP-TO-DATE", value => Count(value, "updatedNumberScheduled")), Images,
        ],
        ["jobs.batch"] =
        [
            new("COMPLETIONS", value => $"{Count(value, "succeeded")}/{value.Number("spec", "completions") ?? 1}"),
            new("STATUS", value => value.Items("status", "conditions").LastOrDefault(IsTrue).Text("type") ?? "Running"),
        ],
        ["nodes"] =
        [
            new("STATUS", value => Ready(value) + (value.Flag("spec", "unschedulable") ? ",SchedulingDisabled" : "")),
            new("VERSION", value => value.Text("status", "nodeInfo", "kubeletVersion")),
        ],
        ["services"] =
        [
            new("TYPE", value => value.Text("spec", "type")), new("CLUSTER-IP", value => value.Text("spec", "clusterIP")),
            new("PORTS", value => string.Join(',', value.Items("spec", "ports").Select(port => $"{port.Number("port")}/{port.Text("protocol")}"))),
        ],
        ["persistentvolumeclaims"] =
        [
            new("STATUS", Phase), new("VOLUME", value => value.Text("spec", "volumeName")), new("CAPACITY", value => value.Text("status", "capacity", "storage")),
        ],
        ["horizontalpodautoscalers.autoscaling"] =
        [
            new("REFERENCE", value => $"{value.Text("spec", "scaleTargetRef", "kind")}/{value.Text("spec", "scaleTargetRef", "name")}"),
            new("MIN", value => $"{value.Number("spec", "minReplicas") ?? 1}"), new("MAX", value => $"{value.Number("spec", "maxReplicas")}"),
            new("REPLICAS", value => Count(value, "currentReplicas")),
        ],
        ["configmaps"] = [Keys],
        ["secrets"] = [new("TYPE", value => value.Text("type")), Keys],
        ["events"] = [new("TYPE", value => value.Text("type")), new("REASON", value => value.Text("reason")), new("MESSAGE", value => value.Text("message"))],
        ["namespaces"] = [new("STATUS", Phase)],
    };

    private static readonly Column[] Others = [new("READY", Ready), new("STATUS", Phase)];

    /// <summary>The columns of a kind.</summary>
    public static IReadOnlyList<Column> Of(ResourceDefinition resource) => Known.GetValueOrDefault(resource.GroupResource, Others);

    private static string Count(JsonObject value, string name) => $"{value.Number("status", name) ?? 0}";

    private static string? Phase(JsonObject value) => value.Text("status", "phase");

    private static string? Ready(JsonObject value) =>
        (value.Condition("Ready") ?? value.Condition("Available")).Text("status") switch
        {
            "True" => "Ready",
            "False" => "NotReady",
            var status => status,
        };

    private static bool IsTrue(JsonNode condition) => condition.Text("status") == "True";
}
