namespace RunbookOperator.Kubernetes;

/// <summary>Builds the paths of the API. Names may come from strangers: one that would change the path's meaning is refused.</summary>
internal static class ResourcePath
{
    /// <summary>The path of a group and version: <c>/api/v1</c> or <c>/apis/apps/v1</c>.</summary>
    public static string OfVersion(string group, string version) =>
        group.Length == 0 ? $"/api/{Segment(version, "version")}" : $"/apis/{Segment(group, "group")}/{Segment(version, "version")}";

    /// <summary>The path of all objects of a kind, in one namespace or, for null, in all.</summary>
    public static string OfCollection(ResourceDefinition resource, string? ns)
    {
        var scope = ns is null || !resource.Namespaced ? "" : $"/namespaces/{Segment(ns, "namespace")}";
        return $"{OfVersion(resource.Group, resource.Version)}{scope}/{Segment(resource.Plural, "resource")}";
    }

    /// <summary>The path of one object, or of a part of it.</summary>
    public static string OfObject(ResourceDefinition resource, NamespacedName name, string? subresource = null)
    {
        var path = $"{OfCollection(resource, name.Namespace)}/{Segment(name.Name, "name")}";
        return subresource is null ? path : $"{path}/{Segment(subresource, "subresource")}";
    }

    // The rule of Kubernetes for path segment names.
    private static string Segment(string value, string what) =>
        value.Length == 0 || value is "." or ".." || value.AsSpan().ContainsAny('/', '%')
            ? throw new ArgumentException($"\"{value}\" cannot be the {what} of a Kubernetes object.", nameof(value))
            : Uri.EscapeDataString(value);
}
