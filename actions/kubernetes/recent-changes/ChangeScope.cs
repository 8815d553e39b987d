using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Which objects of a namespace belong to what is named. Pure.</summary>
internal sealed class ChangeScope
{
    private static readonly string[] Workload = ["Deployment", "StatefulSet", "DaemonSet"];
    private static readonly string[] NamingLabels = ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app", "k8s-app", "service"];

    private readonly HashSet<string> _uids = [];
    private readonly HashSet<string> _configMaps = [];
    private readonly HashSet<string> _workloads = [];
    private readonly string? _name;

    private ChangeScope(string? name) => _name = name;

    /// <summary>Whether it leaves anything out.</summary>
    public bool Narrowed => _name is not null;

    /// <summary>The scope around <paramref name="name"/>; everything if there is no workload or service of that name.</summary>
    public static ChangeScope Of(IReadOnlyList<JsonObject> all, string? name)
    {
        var scope = new ChangeScope(name);
        if (name is null)
        {
            return scope;
        }

        foreach (var found in all.Where(found => Workload.Contains(found.Text("kind")) && scope.IsNamed(found)))
        {
            scope._uids.Add(found.Text("metadata", "uid") ?? "");
            scope._workloads.Add($"{found.Text("kind")}/{found.Text("metadata", "name")}");
            scope._configMaps.UnionWith(ConfigMapsOf(found.At("spec", "template", "spec")));
        }

        return scope._uids.Count > 0 || all.Any(found => found.Text("kind") == "Service" && scope.IsNamed(found)) ? scope : new ChangeScope(null);
    }

    /// <summary>Whether an object belongs to it.</summary>
    public bool Contains(JsonObject found) => _name is null || IsNamed(found) || found.Text("kind") switch
    {
        "ConfigMap" => _configMaps.Contains(found.Text("metadata", "name") ?? ""),
        "HorizontalPodAutoscaler" => _workloads.Contains($"{found.Text("spec", "scaleTargetRef", "kind")}/{found.Text("spec", "scaleTargetRef", "name")}"),
        _ => found.Items("metadata", "ownerReferences").Any(owner => _uids.Contains(owner.Text("uid") ?? "")),
    };

    /// <summary>The ConfigMaps that a pod names.</summary>
    public static IEnumerable<string> ConfigMapsOf(JsonNode? pod)
    {
        var volumes = pod.Items("volumes").ToList();
        var containers = pod.Items("initContainers").Concat(pod.Items("containers")).ToList();
        return volumes.Select(volume => volume.Text("configMap", "name"))
            .Concat(volumes.SelectMany(volume => volume.Items("projected", "sources")).Select(source => source.Text("configMap", "name")))
            .Concat(containers.SelectMany(container => container.Items("envFrom")).Select(source => source.Text("configMapRef", "name")))
            .Concat(containers.SelectMany(container => container.Items("env")).Select(env => env.Text("valueFrom", "configMapKeyRef", "name")))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
    }

    // A pod is named after its workload: web-6d4b75cb6d-x2x4z belongs to web.
    private bool IsNamed(JsonObject found)
    {
        var own = found.Text("metadata", "name") ?? "";
        return own == _name
            || (Workload.Contains(found.Text("kind")) && _name!.StartsWith(own + "-", StringComparison.Ordinal))
            || NamingLabels.Any(label => found.Text("metadata", "labels", label) == _name);
    }
}
