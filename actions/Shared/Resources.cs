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

    /// <summary>Such as <c>Deployment checkout/web</c>, or <c>Node worker-1</c>.</summary>
    public static string Title(ActionTarget target) =>
        target.Namespace.Length == 0 ? $"{target.Kind} {target.Name}" : $"{target.Kind} {target.Namespace}/{target.Name}";
}
