namespace RunbookOperator.Kubernetes;

/// <summary>The media types asked for. Of several the server takes the first it can make.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    // Aggregated API servers may not know how to leave the rest out: they answer with whole objects, of which the metadata is read.
    public const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json";

    public const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json";

    public const string Discovery =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList, "
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList, application/json";
}
