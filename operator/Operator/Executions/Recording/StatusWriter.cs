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
        if (MergeDiff.Of(old, JsonSerializer.SerializeToNode(status, KubernetesJson.Options)!.AsObject()) is not { } changes)
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
}
