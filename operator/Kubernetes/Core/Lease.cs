using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>coordination.k8s.io/v1 Lease: who leads.</summary>
public sealed record Lease : KubernetesObject, IKubernetesObject<Lease>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("coordination.k8s.io", "v1", "Lease", "leases");

    /// <summary>Who holds it and since when.</summary>
    public LeaseSpec? Spec { get; init; }
}

/// <summary>coordination.k8s.io/v1 LeaseSpec.</summary>
public sealed record LeaseSpec
{
    /// <summary>Who holds the lease; empty or null if nobody does.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>How long others wait after the last renewal they saw, in seconds.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When the present holder took it, by the holder's clock.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When it was last renewed, by the holder's clock.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it has changed hands.</summary>
    public int? LeaseTransitions { get; init; }
}
