using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>Pods that really run, of an image that is on the node.</summary>
public abstract class PodsOnCluster : ActionsOnCluster
{
    internal const string Image = "docker.io/library/busybox:1";

    /// <summary>Makes a pod and waits until it runs. It says <c>hello</c> and the line given, and then does nothing.</summary>
    internal async Task<JsonObject> RunningAsync(string name, string line = "", string extra = "")
    {
        await AccountAsync();
        await Client.CreateAsync(Pod.Definition, PodManifest(name, line, extra), null, CancellationToken.None);
        return await UntilAsync(name, pod => pod.Items("status", "containerStatuses").Any()
            && pod.Items("status", "containerStatuses").All(status => status.At("state", "running") is not null));
    }

    /// <summary>A spec that ends at once when it is told to.</summary>
    internal static JsonObject PodSpec(string line = "") => JsonNode.Parse($$"""
        {
          "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 0,
          "tolerations": [{"operator": "Exists", "effect": "NoExecute"}],
          "containers": [{
            "name": "web", "image": "{{Image}}", "env": [{"name": "GREETING", "value": "hi"}],
            "command": ["/bin/busybox", "sh", "-c", "echo hello; echo '{{line}}'; exec sleep 3600"]
          }]
        }
        """)!.AsObject();

    internal JsonObject PodManifest(string name, string line = "", string extra = "")
    {
        var spec = PodSpec(line);
        foreach (var (member, value) in JsonNode.Parse(extra.Length == 0 ? "{}" : extra)!.AsObject())
        {
            spec[member] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Name, ["labels"] = new JsonObject { ["app"] = name } },
            ["spec"] = spec,
        };
    }

    /// <summary>Waits until a pod is as it should be.</summary>
    internal async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> holds)
    {
        var watch = new WatchOptions { FieldSelector = $"metadata.name={name}" };
        await foreach (var change in Client.WatchAsync<Pod>(Name, watch, CancellationToken.None))
        {
            if (change is { Type: WatchEventType.Added or WatchEventType.Modified }
                && await GetAsync(Pod.Definition, name) is { } found && holds(found))
            {
                return found;
            }
        }

        throw new InvalidOperationException("The watch has ended.");
    }

    /// <summary>Waits until there is no such pod.</summary>
    internal async Task UntilGoneAsync(string name)
    {
        var watch = new WatchOptions { FieldSelector = $"metadata.name={name}" };
        while (await Client.FindAsync<Pod>(new NamespacedName(Name, name), CancellationToken.None) is not null)
        {
            await foreach (var change in Client.WatchAsync<Pod>(Name, watch with { Timeout = TimeSpan.FromSeconds(2) }, CancellationToken.None))
            {
                if (change.Type == WatchEventType.Deleted)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Waits for the account that every pod of a new namespace needs.</summary>
    internal async Task AccountAsync()
    {
        await foreach (var change in Client.WatchAsync<ServiceAccount>(Name, new WatchOptions(), CancellationToken.None))
        {
            if (change.Object?.Metadata.Name == "default")
            {
                return;
            }
        }
    }

    internal Task<JsonObject?> FindAsync(ResourceDefinition resource, string name) =>
        FoundObject.FindAsync(Context("{}"), resource, new NamespacedName(Name, name), CancellationToken.None);
}
