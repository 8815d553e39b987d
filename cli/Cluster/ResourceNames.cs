using RunbookOperator.Cli.Rendering;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>Objects as kubectl names them.</summary>
internal static class ResourceNames
{
    /// <summary>The singular with its group: <c>runbookexecution.runbooks.dev</c>.</summary>
    public static string Singular(this ResourceDefinition resource) =>
        resource.Group.Length == 0 ? resource.Kind.ToLowerInvariant() : $"{resource.Kind.ToLowerInvariant()}.{resource.Group}";

    /// <summary>Type and name: <c>runbookexecution.runbooks.dev/x</c>.</summary>
    public static string Of<T>(string? name)
        where T : IKubernetesObject<T> => $"{T.Definition.Singular()}/{Plain.Line(name)}";
}
