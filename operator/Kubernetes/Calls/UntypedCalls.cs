using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>What can be done with objects of any kind, as JSON. <see cref="IKubernetesClient.DiscoverAsync"/> finds the kind.</summary>
public static class UntypedCalls
{
    /// <summary>Reads an object.</summary>
    public static async Task<JsonObject> GetAsync(
        this IKubernetesClient client, ResourceDefinition resource, NamespacedName name, CancellationToken cancellationToken) =>
        Body.DecodeObject(await client.SendAsync(new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(resource, name)), cancellationToken));

    /// <summary>Creates an object in the namespace it names and returns it as stored. <c>apiVersion</c> and <c>kind</c> are those of
    /// <paramref name="resource"/> whatever the object says.</summary>
    public static async Task<JsonObject> CreateAsync(
        this IKubernetesClient client, ResourceDefinition resource, JsonObject value, CreateOptions? options, CancellationToken cancellationToken)
    {
        var body = (JsonObject)value.DeepClone();
        body["apiVersion"] = resource.ApiVersion;
        body["kind"] = resource.Kind;
        var ns = ((body["metadata"] as JsonObject)?["namespace"] as JsonValue)?.GetValue<string>();
        return Body.DecodeObject(await client.SendAsync(Writes.Create(resource, ns, Body.Encode(body), options), cancellationToken));
    }

    /// <summary>Changes an object by a patch and returns it as stored.</summary>
    public static async Task<JsonObject> PatchAsync(
        this IKubernetesClient client, ResourceDefinition resource, NamespacedName name, Patch patch, CancellationToken cancellationToken) =>
        Body.DecodeObject(await client.SendAsync(Writes.Patch(resource, name, patch), cancellationToken));

    /// <summary>Creates or changes an object by server-side apply and returns it as stored.</summary>
    public static async Task<JsonObject> ApplyAsync(
        this IKubernetesClient client,
        ResourceDefinition resource,
        NamespacedName name,
        JsonObject value,
        ApplyOptions options,
        CancellationToken cancellationToken) =>
        Body.DecodeObject(await client.SendAsync(Writes.Apply(resource, name, Body.Encode(value), options), cancellationToken));

    /// <summary>Deletes an object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    public static async Task DeleteAsync(
        this IKubernetesClient client,
        ResourceDefinition resource,
        NamespacedName name,
        DeleteOptions? options,
        CancellationToken cancellationToken) =>
        await client.SendAsync(Writes.Delete(resource, name, options), cancellationToken);
}
