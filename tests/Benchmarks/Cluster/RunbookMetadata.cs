using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>A runbook of which only the metadata is read: a type with fewer fields is a projection.</summary>
internal sealed record RunbookMetadata : KubernetesObject, IKubernetesObject<RunbookMetadata>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition => Runbook.Definition;
}
