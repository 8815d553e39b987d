using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Writes statuses: as a merge patch of what changed, only over what was read, and not at all if nothing changed.</summary>
internal sealed class StatusWriter(IKubernetesClient client)
{
    /// <summary>How often a status is sent when others change labels or annotations of the object meanwhile.</summary>
    public const int MaximumSends = 5;

    /// <summary>Stores <paramref name="status"/> and returns the object as stored.</summary>
    /// <exception cref="ApiException"><see cref="ApiException.IsConflict"/> if its spec or status has changed since it was read.</exception>
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

        var version = value.Metadata.ResourceVersion;
        for (var send = 1; ; send++)
        {
            try
            {
                return await SendAsync<T>(NamespacedName.Of(value), version, changes, cancellationToken);
            }
            catch (ApiException exception) when (exception.IsConflict && send < MaximumSends)
            {
                if (await VersionOfSameAsync<T, TStatus>(value, old, cancellationToken) is not { } newer)
                {
                    throw;
                }

                version = newer;
            }
        }
    }

    private Task<T> SendAsync<T>(NamespacedName name, string? version, JsonObject changes, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = version },
            ["status"] = changes.DeepClone(),
        };
        return client.PatchAsync<T>(name, new Patch(PatchType.Merge, patch) { Subresource = "status", FieldManager = Names.FieldManager }, cancellationToken);
    }

    // What was decided was decided on spec and status. If neither has changed, somebody has written a label or an annotation: that changes nothing
    // about it, and the new version fences as well as the old one.
    private async Task<string?> VersionOfSameAsync<T, TStatus>(T value, JsonObject? old, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        var found = await client.GetAsync(T.Definition, NamespacedName.Of(value), cancellationToken);
        var metadata = found["metadata"].Deserialize<ObjectMeta>(KubernetesJson.Options)!;
        var status = found["status"] is { } now ? JsonSerializer.SerializeToNode(now.Deserialize<TStatus>(KubernetesJson.Options), KubernetesJson.Options) : null;
        var same = metadata.Uid == value.Metadata.Uid && metadata.Generation == value.Metadata.Generation && metadata.DeletionTimestamp is null
            && JsonNode.DeepEquals(status, old);
        return same ? metadata.ResourceVersion : null;
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
