namespace RunbookOperator.Kubernetes;

/// <summary>The key of an object within its kind.</summary>
/// <param name="Namespace">The namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">The name.</param>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    /// <summary>The key of <paramref name="value"/>.</summary>
    public static NamespacedName Of(IKubernetesObject value) => new(value.Metadata.Namespace ?? "", value.Metadata.Name ?? "");

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name ?? "" : $"{Namespace}/{Name}";
}
