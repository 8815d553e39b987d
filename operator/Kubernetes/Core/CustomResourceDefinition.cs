using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinition.</summary>
public sealed record CustomResourceDefinition : KubernetesObject, IKubernetesObject<CustomResourceDefinition>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", Namespaced: false);

    /// <summary>Names, scope, versions and schemas, as they are.</summary>
    public JsonElement? Spec { get; init; }

    /// <summary>Whether it is served yet.</summary>
    public CustomResourceDefinitionStatus? Status { get; init; }
}

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionStatus, as far as it is used.</summary>
public sealed record CustomResourceDefinitionStatus
{
    /// <summary><c>NamesAccepted</c>, <c>Established</c> and others.</summary>
    public List<CustomResourceDefinitionCondition>? Conditions { get; init; }
}

/// <summary>apiextensions.k8s.io/v1 CustomResourceDefinitionCondition.</summary>
public sealed record CustomResourceDefinitionCondition
{
    /// <summary>The aspect, such as <c>Established</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>One CamelCase word: why.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public string? Message { get; init; }
}
