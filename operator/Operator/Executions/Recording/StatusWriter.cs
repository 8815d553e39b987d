using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Writes statuses: as a merge patch of what changed, only over the version that was read, and not at all if nothing changed.</summary>
internal sealed class StatusWriter(IKubernetesClient client)
{
    /// <summary>Stores <paramref name="status"/> and returns the object as stored.</summary>
    /// <exception cref="ApiException"><see cref="ApiException.IsConflict"/> if the object has changed since it was read.</exception>
    public async Task<T> WriteAsync<T, TStatus>(T value, TStatus? before, TStatus status, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
        where TStatus : class
    {
        var old = before is null ? null : JsonSerializer.SerializeToNode(before, KubernetesJson.Options) as JsonObject;
        var wanted = JsonSerializer.SerializeToNode(status, KubernetesJson.Options)!.AsObject();
        DropEmptyTexts(wanted);
        if (MergeDiff.Of(old, wanted) is not { } changes)
        {
            return value;
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = value.Metadata.ResourceVersion },
            ["status"] = changes,
        };
        return await client.PatchAsync<T>(
            NamespacedName.Of(value), new Patch(PatchType.Merge, patch) { Subresource = "status", FieldManager = Names.FieldManager }, cancellationToken);
    }

    // An empty text says nothing that its absence does not, and Kubernetes 1.20 refuses it in custom resources.
    private static void DropEmptyTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                foreach (var name in value.Where(member => IsEmptyText(member.Value)).Select(member => member.Key).ToList())
                {
                    value.Remove(name);
                }

                foreach (var (_, member) in value)
                {
                    DropEmptyTexts(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    DropEmptyTexts(item);
                }

                break;
        }
    }

    private static bool IsEmptyText(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0;
}
