using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>One change by an action, and what is to be seen of it.</summary>
/// <param name="Action">The action's name without <c>kubernetes/</c>.</param>
/// <param name="Kind">The kind that it changes.</param>
/// <param name="With">Its inputs.</param>
/// <param name="Field">Where the change is seen; a path as <c>kubernetes/get</c> takes it.</param>
/// <param name="Values">Before and after; null for nothing.</param>
/// <param name="Meddling">What somebody else does to the same field, as a merge patch.</param>
/// <param name="Undo">How the sentence of what undoes it ends.</param>
internal sealed record ChangeCase(string Action, string Kind, string With, string Field, (string? Before, string? After) Values, string Meddling, string Undo);

/// <summary>A change for each action that patches one object.</summary>
internal static class ChangeCases
{
    private const string Web = "\"kind\": \"Deployment\", \"name\": \"web\"";
    private const string Containers = "spec.template.spec.containers[0].";

    public static readonly IReadOnlyDictionary<string, ChangeCase> All = new Dictionary<string, ChangeCase>
    {
        ["pause"] = new("rollout-pause", "Deployment", $$"""{{{Web}}}""", "spec.paused", (null, "true"), """{"spec": {"paused": false}}""", "Resume the rollout of Deployment NS/web."),
        ["set-image"] = new("set-image", "Deployment", $$"""{{{Web}}, "image": "example.test/web:2"}""", Containers + "image", ("example.test/web:1", "example.test/web:2"),
            """{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "example.test/web:9"}]}}}}""",
            "Set the image of container web of Deployment NS/web back to example.test/web:1."),
        ["set-image of a StatefulSet"] = new("set-image", "StatefulSet", """{"kind": "StatefulSet", "name": "web", "container": "web", "image": "example.test/web:2"}""",
            Containers + "image", ("example.test/web:1", "example.test/web:2"),
            """{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "example.test/web:9"}]}}}}""",
            "Set the image of container web of StatefulSet NS/web back to example.test/web:1."),
        ["set-resources"] = new("set-resources", "Deployment", $$"""{{{Web}}, "memoryLimit": "1024Mi", "cpuRequest": "1000m"}""",
            Containers + "resources", ("{}", """{ "limits": { "memory": "1Gi" }, "requests": { "cpu": "1" } }"""),
            """{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "example.test/web:1", "resources": {"limits": {"memory": "2Gi"}}}]}}}}""",
            "Set cpuRequest none, memoryLimit none in container web of Deployment NS/web again."),
        ["label"] = new("label", "Deployment", $$"""{{{Web}}, "labels": {"team": "shop"}, "remove": ["tier"]}""", "metadata.labels", ("""{ "tier": "front" }""", """{ "team": "shop" }"""),
            """{"metadata": {"labels": {"team": "other"}}}""", "Set team off again, tier back to front."),
        ["annotate"] = new("annotate", "ConfigMap", """{"kind": "cm", "name": "web", "annotations": {"example.com/incident": "a b"}}""", "metadata.annotations['example.com/incident']", (null, "a b"),
            """{"metadata": {"annotations": {"example.com/incident": "c"}}}""", "Set example.com/incident off again."),
        ["patch"] = new("patch", "Deployment", $$"""{{{Web}}, "patch": {"spec": {"minReadySeconds": 7} } }""", "spec.minReadySeconds", (null, "7"), """{"spec": {"minReadySeconds": 9}}""",
            """Set back in Deployment NS/web: {"spec":{"minReadySeconds":null}}"""),
        ["patch by operations"] = new("patch", "ConfigMap",
            """{"kind": "ConfigMap", "name": "web", "operations": [{"op": "test", "path": "/data/level", "value": "info"}, {"op": "replace", "path": "/data/level", "value": "debug"}]}""",
            "data.level", ("info", "debug"), """{"data": {"level": "warn"}}""", """Set back in ConfigMap NS/web: {"data":{"level":"info"}}"""),
        ["hpa"] = new("hpa", "HorizontalPodAutoscaler", """{"name": "web", "minReplicas": 3, "maxReplicas": 12}""", "spec.maxReplicas", ("8", "12"), """{"spec": {"maxReplicas": 9}}""",
            "Set HorizontalPodAutoscaler NS/web back to at least 2 and at most 8."),
        ["suspend-cronjob"] = new("suspend-cronjob", "CronJob", """{"name": "web"}""", "spec.suspend", ("false", "true"), """{"spec": {"suspend": false}}""", "Let CronJob NS/web start jobs again."),
    };

    /// <summary>The object that a case is about, before.</summary>
    public static JsonObject Manifest(ResourceDefinition resource)
    {
        var manifest = resource.Kind switch
        {
            "HorizontalPodAutoscaler" => """{"spec": {"minReplicas": 2, "maxReplicas": 8, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "none"}}}""",
            "CronJob" => """
                {"spec": {"schedule": "0 3 1 1 *", "jobTemplate": {"spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "web", "image": "example.test/web:1"}]}}}}}}
                """,
            "ConfigMap" => """{"data": {"level": "info"}}""",
            _ => Workload.Manifest(resource, "web", replicas: 0).ToJsonString(),
        };
        var value = JsonNode.Parse(manifest)!.AsObject();
        (value["apiVersion"], value["kind"]) = (resource.ApiVersion, resource.Kind);
        value["metadata"] = JsonNode.Parse("""{"name": "web", "labels": {"tier": "front"}}""");
        return value;
    }
}
