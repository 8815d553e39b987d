namespace RunbookOperator.Kubernetes;

/// <summary>v1 ConfigMap.</summary>
public sealed record ConfigMap : KubernetesObject, IKubernetesObject<ConfigMap>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("", "v1", "ConfigMap", "configmaps");

    /// <summary>The values.</summary>
    public Dictionary<string, string>? Data { get; init; }

    /// <summary>Values that are not UTF-8; base64 on the wire.</summary>
    public Dictionary<string, byte[]>? BinaryData { get; init; }
}
