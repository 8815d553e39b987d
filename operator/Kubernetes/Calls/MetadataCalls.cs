using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>Objects of any kind, but only their metadata: for what is counted or looked up, not read. The server leaves the rest out.</summary>
public static class MetadataCalls
{
    /// <summary>Reads the metadata of one object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    public static async Task<PartialObjectMetadata> GetMetadataAsync(
        this IKubernetesClient client, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(resource, name)) { Accept = MediaTypes.Metadata };
        return Body.Decode<PartialObjectMetadata>(await client.SendAsync(request, cancellationToken), KubernetesJson.Options);
    }

    /// <summary>Reads one page, as <see cref="ListCalls.ListAsync{T}"/> does.</summary>
    public static Task<KubernetesList<PartialObjectMetadata>> ListMetadataAsync(
        this IKubernetesClient client, ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        ListCalls.PageAsync(client, resource, ns, options, Decoder(), MediaTypes.MetadataList, cancellationToken);

    /// <summary>Reads one page as JSON: with all that metadata holds, <c>managedFields</c> among it.</summary>
    public static Task<KubernetesList<JsonObject>> ListMetadataPageAsync(
        this IKubernetesClient client, ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        ListCalls.PageAsync(client, resource, ns, options, new ObjectDecoder<JsonObject>(KubernetesJson.Options), MediaTypes.MetadataList, cancellationToken);

    /// <summary>Follows changes, as <see cref="WatchCalls.WatchAsync{T}"/> does.</summary>
    public static IAsyncEnumerable<WatchEvent<PartialObjectMetadata>> WatchMetadataAsync(
        this IKubernetesClient client, ResourceDefinition resource, string? ns, WatchOptions options, CancellationToken cancellationToken) =>
        WatchCalls.FollowAsync(client, resource, ns, options, Decoder(), MediaTypes.Metadata, cancellationToken);

    private static ObjectDecoder<PartialObjectMetadata> Decoder() => new(KubernetesJson.Options);
}
