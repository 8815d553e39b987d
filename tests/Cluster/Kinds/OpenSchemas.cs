using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cluster.Kinds;

/// <summary>Lets the API server take anything for the operator's kinds, until it is disposed.</summary>
internal sealed class OpenSchemas : IAsyncDisposable
{
    private const string Schema = "/spec/versions/0/schema";
    private const string Selectable = "/spec/versions/0/selectableFields";

    private readonly IKubernetesClient _client;
    private readonly Dictionary<string, JsonObject> _before = [];

    private OpenSchemas(IKubernetesClient client) => _client = client;

    /// <summary>Opens those of <paramref name="kinds"/>.</summary>
    public static async Task<OpenSchemas> OpenAsync(IKubernetesClient client, IEnumerable<ResourceDefinition> kinds)
    {
        var open = new OpenSchemas(client);
        foreach (var kind in kinds)
        {
            var definition = await client.GetAsync(CustomResourceDefinition.Definition, new NamespacedName("", kind.GroupResource), CancellationToken.None);
            var version = (JsonObject)definition["spec"]!["versions"]![0]!;
            open._before[kind.GroupResource] = version;
            var anything = new JsonObject { ["openAPIV3Schema"] = new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true } };
            JsonArray patch = [Operation("replace", Schema, anything)];
            if (version["selectableFields"] is not null)
            {
                patch.Add((JsonNode)new JsonObject { ["op"] = "remove", ["path"] = Selectable });
            }

            await open.PatchAsync(kind.GroupResource, patch);
        }

        return open;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, version) in _before)
        {
            JsonArray patch = [Operation("replace", Schema, version["schema"]!)];
            if (version["selectableFields"] is { } selectable)
            {
                patch.Add((JsonNode)Operation("add", Selectable, selectable));
            }

            await PatchAsync(name, patch);
        }
    }

    private static JsonObject Operation(string verb, string path, JsonNode value) => new() { ["op"] = verb, ["path"] = path, ["value"] = value.DeepClone() };

    private Task<JsonObject> PatchAsync(string name, JsonArray patch) =>
        _client.PatchAsync(CustomResourceDefinition.Definition, new NamespacedName("", name), new Patch(PatchType.Json, patch), CancellationToken.None);
}
