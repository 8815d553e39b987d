using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>A Deployment as JSON, for watching.</summary>
internal sealed record Workload : KubernetesObject, IKubernetesObject<Workload>
{
    public static ResourceDefinition Definition => Workloads.Deployment;

    public JsonObject? Spec { get; init; }

    public JsonObject? Status { get; init; }

    /// <summary>A manifest whose pods no node takes: what is tested is what stands in the API, and no image is needed.</summary>
    public static JsonObject Manifest(ResourceDefinition kind, string name, int replicas = 2, string image = "example.test/web:1")
    {
        var manifest = JsonNode.Parse($$$"""
            {
              "apiVersion": "apps/v1", "kind": "{{{kind.Kind}}}", "metadata": {"name": "{{{name}}}"},
              "spec": {
                "replicas": {{{replicas}}},
                "selector": {"matchLabels": {"app": "{{{name}}}"}},
                "template": {
                  "metadata": {"labels": {"app": "{{{name}}}"}},
                  "spec": {"nodeSelector": {"example.test/node": "none"}, "containers": [{"name": "web", "image": "{{{image}}}"}]}
                }
              }
            }
            """)!.AsObject();
        var spec = manifest["spec"]!.AsObject();
        if (kind == Workloads.StatefulSet)
        {
            spec["serviceName"] = name;
        }
        else if (kind == Workloads.DaemonSet)
        {
            spec.Remove("replicas");
        }

        return manifest;
    }
}
