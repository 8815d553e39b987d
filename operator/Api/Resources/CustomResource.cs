using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What all kinds share: metadata, spec and status.</summary>
public abstract record CustomResource<TSpec, TStatus> : IKubernetesObject
    where TSpec : class
    where TStatus : class
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; } = Names.ApiVersion;

    /// <inheritdoc/>
    public abstract string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init; } = new();

    /// <summary>What is wanted.</summary>
    public required TSpec Spec { get; init; }

    /// <summary>What was observed.</summary>
    public TStatus? Status { get; init; }
}

/// <summary>Names a Secret in the same namespace.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string Name { get; init; }
}
