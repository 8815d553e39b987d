namespace RunbookOperator.Kubernetes;

/// <summary>v1 Namespace.</summary>
public sealed record Namespace : KubernetesObject, IKubernetesObject<Namespace>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("", "v1", "Namespace", "namespaces", Namespaced: false);
}
