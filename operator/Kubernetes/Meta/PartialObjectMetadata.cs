namespace RunbookOperator.Kubernetes;

/// <summary>meta.k8s.io/v1 PartialObjectMetadata: an object of any kind without all but its metadata. <see cref="KubernetesObject.ApiVersion"/>
/// and <see cref="KubernetesObject.Kind"/> are those of the answer, not of the object.</summary>
public sealed record PartialObjectMetadata : KubernetesObject;
