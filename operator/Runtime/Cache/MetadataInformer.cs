using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A cache of the metadata of any kind, known at compile time or not: for what is only counted, owned, or looked up by label. The API
/// server leaves the rest out, so that a large object costs neither its bytes nor its decoding.</summary>
public sealed class MetadataInformer : FollowingInformer<PartialObjectMetadata, PartialObjectMetadata>
{
    /// <summary>Makes an empty one. Nothing happens before <see cref="FollowingInformer{T, TView}.RunAsync"/>.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="definition">The kind. <see cref="IKubernetesClient.DiscoverAsync"/> finds one by name.</param>
    /// <param name="options">Which objects, and how they are followed.</param>
    /// <param name="context">Clock, logs, counters.</param>
    public MetadataInformer(IKubernetesClient client, ResourceDefinition definition, InformerOptions options, RuntimeContext context)
        : base(ObjectSource.OfMetadata(client, definition), options, static value => value, context)
    {
    }

    /// <inheritdoc/>
    public override MetadataInformer AddIndex(string name, Func<PartialObjectMetadata, IEnumerable<string>> values)
    {
        base.AddIndex(name, values);
        return this;
    }
}
