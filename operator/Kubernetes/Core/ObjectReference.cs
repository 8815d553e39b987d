namespace RunbookOperator.Kubernetes;

/// <summary>v1 ObjectReference: which object something is about.</summary>
public sealed record ObjectReference
{
    /// <summary>Group and version, such as <c>apps/v1</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The namespace; absent for cluster-scoped kinds.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The UID.</summary>
    public string? Uid { get; init; }

    /// <summary>The version of the object that is meant.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>A part of the object, such as <c>spec.containers{step}</c>.</summary>
    public string? FieldPath { get; init; }

    /// <summary>Refers to <paramref name="value"/>.</summary>
    public static ObjectReference To<T>(T value)
        where T : IKubernetesObject<T> => new()
        {
            ApiVersion = T.Definition.ApiVersion,
            Kind = T.Definition.Kind,
            Namespace = value.Metadata.Namespace,
            Name = value.Metadata.Name,
            Uid = value.Metadata.Uid,
            ResourceVersion = value.Metadata.ResourceVersion,
        };
}
