namespace RunbookOperator.Kubernetes;

/// <summary>v1 Secret.</summary>
public sealed record Secret : KubernetesObject, IKubernetesObject<Secret>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("", "v1", "Secret", "secrets");

    /// <summary>What it is for, such as <c>Opaque</c> or <c>kubernetes.io/tls</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The values; base64 on the wire.</summary>
    public Dictionary<string, byte[]>? Data { get; init; }

    /// <summary>Values written as text. Write only: the API server merges them into <see cref="Data"/>.</summary>
    public Dictionary<string, string>? StringData { get; init; }

    /// <summary>The names of the keys, never the values: a Secret that is logged must not give itself away.</summary>
    public override string ToString() => $"Secret {NamespacedName.Of(this)}";
}
