using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Where the API server keeps what a target names.</summary>
internal static class Resources
{
    /// <summary>The resource of a recorded target.</summary>
    public static ResourceDefinition Of(ActionTarget target)
    {
        if (target.Plural is not { } plural)
        {
            return Workloads.Of(target.Kind);
        }

        var slash = target.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", target.ApiVersion) : (target.ApiVersion[..slash], target.ApiVersion[(slash + 1)..]);
        return new ResourceDefinition(group, version, target.Kind, plural, target.Namespace.Length > 0);
    }

    /// <summary>The key of a recorded target.</summary>
    public static NamespacedName NameOf(ActionTarget target) => new(target.Namespace, target.Name);

    /// <summary>A target of an object as it was found.</summary>
    public static ActionTarget Target(ResourceDefinition resource, NamespacedName name, JsonObject? found, string undo) => new()
    {
        ApiVersion = resource.ApiVersion,
        Kind = resource.Kind,
        Plural = resource.Plural,
        Namespace = name.Namespace,
        Name = name.Name,
        Uid = found.Text("metadata", "uid") ?? "",
        ResourceVersion = found.Text("metadata", "resourceVersion") ?? "",
        Seen = new JsonObject { [ActionTarget.SeenAttempt] = found.Text("metadata", "annotations", Names.AttemptAnnotation) },
        Undo = undo,
    };

    /// <summary>Such as <c>Deployment checkout/web</c>.</summary>
    public static string Title(ResourceDefinition resource, NamespacedName name) => $"{resource.Kind} {name}";

    /// <summary>Such as <c>Deployment checkout/web</c>, or <c>Node worker-1</c>.</summary>
    public static string Title(ActionTarget target) =>
        target.Namespace.Length == 0 ? $"{target.Kind} {target.Name}" : $"{target.Kind} {target.Namespace}/{target.Name}";
}
