using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>What can be done with one object of a known type.</summary>
public static class ObjectCalls
{
    /// <summary>Reads one object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    public static async Task<T> GetAsync<T>(this IKubernetesClient client, NamespacedName name, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Body.Decode<T>(await client.SendAsync(new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(T.Definition, name)), cancellationToken), client.Json);

    /// <summary>Reads one object, or null if it is not there.</summary>
    public static async Task<T?> FindAsync<T>(this IKubernetesClient client, NamespacedName name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await client.GetAsync<T>(name, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Creates an object and returns it as stored.</summary>
    public static Task<T> CreateAsync<T>(this IKubernetesClient client, T value, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        client.CreateAsync(value, null, cancellationToken);

    /// <summary>Creates an object and returns it as stored, or as it would be for <see cref="CreateOptions.DryRun"/>.</summary>
    public static async Task<T> CreateAsync<T>(
        this IKubernetesClient client, T value, CreateOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Body.Decode<T>(
            await client.SendAsync(Writes.Create(T.Definition, value.Metadata.Namespace, Encode(client, value), options), cancellationToken), client.Json);

    /// <summary>Creates or changes the fields given, by server-side apply, as <see cref="ApplyOptions.FieldManager"/>.</summary>
    public static async Task<T> ApplyAsync<T>(
        this IKubernetesClient client, T value, ApplyOptions options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Body.Decode<T>(
            await client.SendAsync(Writes.Apply(T.Definition, NamespacedName.Of(value), Encode(client, value), options), cancellationToken), client.Json);

    /// <summary>Changes an object by a patch. A merge patch that carries <c>metadata.resourceVersion</c> fails with a conflict if the
    /// object has changed since.</summary>
    public static async Task<T> PatchAsync<T>(this IKubernetesClient client, NamespacedName name, Patch patch, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        Body.Decode<T>(await client.SendAsync(Writes.Patch(T.Definition, name, patch), cancellationToken), client.Json);

    /// <summary>Deletes an object. <see cref="ApiException.IsNotFound"/> if it is not there.</summary>
    public static async Task DeleteAsync<T>(
        this IKubernetesClient client, NamespacedName name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        await client.SendAsync(Writes.Delete(T.Definition, name, options), cancellationToken);

    // Typed objects need not repeat what their type says.
    private static byte[] Encode<T>(IKubernetesClient client, T value)
        where T : IKubernetesObject<T>
    {
        var node = JsonSerializer.SerializeToNode(value, client.Json.TypeOf<T>())!.AsObject();
        node["apiVersion"] = T.Definition.ApiVersion;
        node["kind"] = T.Definition.Kind;
        return Body.Encode(node);
    }
}
