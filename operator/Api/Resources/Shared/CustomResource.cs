using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What all kinds share: metadata, spec and status.</summary>
public abstract record CustomResource<TSpec, TStatus> : IKubernetesObject
    where TSpec : class
    where TStatus : class
{
    /// <inheritdoc/>
    public string? ApiVersion { get; set; } = Names.ApiVersion;

    /// <inheritdoc/>
    public abstract string? Kind { get; set; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is wanted.</summary>
    public required TSpec Spec { get; init; }

    /// <summary>What was observed.</summary>
    public TStatus? Status { get; init; }
}
