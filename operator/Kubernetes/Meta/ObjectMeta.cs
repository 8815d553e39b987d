namespace RunbookOperator.Kubernetes;

/// <summary>metav1.ObjectMeta, as far as it is used.</summary>
public sealed record ObjectMeta
{
    /// <summary>The name, unique within kind and namespace.</summary>
    public string? Name { get; init; }

    /// <summary>A prefix from which the API server makes a name.</summary>
    public string? GenerateName { get; init; }

    /// <summary>The namespace; absent for cluster-scoped kinds.</summary>
    public string? Namespace { get; init; }

    /// <summary>Unique in space and time: a new object of the same name has another.</summary>
    public string? Uid { get; init; }

    /// <summary>Opaque version of the object, for optimistic concurrency.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Grows with every change outside metadata and status.</summary>
    public long? Generation { get; init; }

    /// <summary>When the object was created, by the API server's clock.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once deletion was asked for and finalizers are still there.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Labels: identifying, selectable.</summary>
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations: not selectable.</summary>
    public Dictionary<string, string>? Annotations { get; init; }

    /// <summary>Objects this one depends on; when all are gone it is collected.</summary>
    public List<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>Keys that must be removed before the object goes.</summary>
    public List<string>? Finalizers { get; init; }
}

/// <summary>metav1.OwnerReference.</summary>
public sealed record OwnerReference
{
    /// <summary>Group and version of the owner.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Kind of the owner.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the owner.</summary>
    public required string Name { get; init; }

    /// <summary>UID of the owner.</summary>
    public required string Uid { get; init; }

    /// <summary>True for the one owner that manages the object.</summary>
    public bool? Controller { get; init; }

    /// <summary>True if the owner is kept, in foreground deletion, until this object is gone.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}
