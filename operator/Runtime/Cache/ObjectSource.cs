using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>How the objects of one kind are listed and followed, and as what they come.</summary>
/// <param name="Definition">The kind.</param>
/// <param name="List">Reads a page.</param>
/// <param name="Watch">Follows changes.</param>
internal sealed record ObjectSource<T>(
    ResourceDefinition Definition,
    Func<string?, ListOptions, CancellationToken, Task<KubernetesList<T>>> List,
    Func<string?, WatchOptions, CancellationToken, IAsyncEnumerable<WatchEvent<T>>> Watch)
    where T : class, IKubernetesObject;

/// <summary>Makes sources.</summary>
internal static class ObjectSource
{
    /// <summary>Whole objects, as far as their type has fields.</summary>
    public static ObjectSource<T> Of<T>(IKubernetesClient client)
        where T : class, IKubernetesObject<T> =>
        new(T.Definition, client.ListAsync<T>, client.WatchAsync<T>);

    /// <summary>Metadata of any kind; the server leaves the rest out.</summary>
    public static ObjectSource<PartialObjectMetadata> OfMetadata(IKubernetesClient client, ResourceDefinition definition) => new(
        definition,
        (ns, options, cancellationToken) => client.ListMetadataAsync(definition, ns, options, cancellationToken),
        (ns, options, cancellationToken) => client.WatchMetadataAsync(definition, ns, options, cancellationToken));
}
