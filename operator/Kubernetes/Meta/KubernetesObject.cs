using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>What every kind carries: apiVersion, kind and metadata.</summary>
public abstract record KubernetesObject : IKubernetesObject
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-3)]
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-2)]
    public string? Kind { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; set; } = new();
}
