using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>apps/v1 ControllerRevision: an immutable snapshot of something.</summary>
public sealed record ControllerRevision : KubernetesObject, IKubernetesObject<ControllerRevision>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("apps", "v1", "ControllerRevision", "controllerrevisions");

    /// <summary>The snapshot: a JSON object. The API server refuses to change it.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The number of the snapshot; grows.</summary>
    public required long Revision { get; init; }
}
