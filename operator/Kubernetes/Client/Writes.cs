namespace RunbookOperator.Kubernetes;

/// <summary>The requests that change objects, typed or not.</summary>
internal static class Writes
{
    public static ApiRequest Create(ResourceDefinition resource, string? ns, byte[] body, CreateOptions? options)
    {
        // A namespaced object without a namespace must not be posted to the collection of all namespaces.
        var path = ResourcePath.OfCollection(resource, resource.Namespaced ? ns ?? "" : null);
        var query = new QueryString().Add("fieldManager", options?.FieldManager).AddDryRun(options?.DryRun == true);
        return new ApiRequest(HttpMethod.Post, path + query) { Body = body };
    }

    public static ApiRequest Apply(ResourceDefinition resource, NamespacedName name, byte[] body, ApplyOptions options)
    {
        var query = new QueryString().Add("fieldManager", options.FieldManager).Add("force", options.Force).AddDryRun(options.DryRun);
        return new ApiRequest(HttpMethod.Patch, ResourcePath.OfObject(resource, name, options.Subresource) + query)
        {
            Body = body,
            ContentType = "application/apply-patch+yaml",
        };
    }

    public static ApiRequest Patch(ResourceDefinition resource, NamespacedName name, Patch patch)
    {
        var query = new QueryString().Add("fieldManager", patch.FieldManager).AddDryRun(patch.DryRun);
        return new ApiRequest(HttpMethod.Patch, ResourcePath.OfObject(resource, name, patch.Subresource) + query)
        {
            Body = Body.Encode(patch.Content),
            ContentType = MediaTypeOf(patch.Type),
        };
    }

    public static ApiRequest Delete(ResourceDefinition resource, NamespacedName name, DeleteOptions? options) =>
        new(HttpMethod.Delete, ResourcePath.OfObject(resource, name)) { Body = options is null ? null : Body.Encode(options.ToJson()) };

    private static string MediaTypeOf(PatchType type) => type switch
    {
        PatchType.Merge => "application/merge-patch+json",
        PatchType.Json => "application/json-patch+json",
        PatchType.StrategicMerge => "application/strategic-merge-patch+json",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such patch type."),
    };
}
