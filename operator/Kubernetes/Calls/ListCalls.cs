using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>Lists, page by page or whole.</summary>
public static class ListCalls
{
    // As kubectl's.
    private const int PageSize = 500;

    /// <summary>Reads one page. Follow <see cref="KubernetesList{T}.Continue"/> for the next; items that cannot be decoded are in
    /// <see cref="KubernetesList{T}.Undecodable"/> and blind nobody.</summary>
    /// <param name="client">The client.</param>
    /// <param name="ns">The namespace, or null for all.</param>
    /// <param name="options">Selectors and paging, or null for everything in one page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static Task<KubernetesList<T>> ListAsync<T>(
        this IKubernetesClient client, string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        PageAsync(client, T.Definition, ns, options, new ObjectDecoder<T>(client.Json), MediaTypes.Json, cancellationToken);

    /// <summary>Reads all pages. Items that cannot be decoded are left out.</summary>
    public static Task<IReadOnlyList<T>> ListAllAsync<T>(
        this IKubernetesClient client, string? ns, ListOptions? options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        AllAsync(options, page => client.ListAsync<T>(ns, page, cancellationToken));

    /// <summary>Reads all objects of any kind as JSON, all pages.</summary>
    public static Task<IReadOnlyList<JsonObject>> ListAsync(
        this IKubernetesClient client, ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        AllAsync(options, page => PageAsync(
            client, resource, ns, page, new ObjectDecoder<JsonObject>(KubernetesJson.Options), MediaTypes.Json, cancellationToken));

    /// <summary>Reads one page of objects of any kind as JSON. Follow <see cref="KubernetesList{T}.Continue"/> for the next.</summary>
    public static Task<KubernetesList<JsonObject>> ListPageAsync(
        this IKubernetesClient client, ResourceDefinition resource, string? ns, ListOptions? options, CancellationToken cancellationToken) =>
        PageAsync(client, resource, ns, options, new ObjectDecoder<JsonObject>(KubernetesJson.Options), MediaTypes.Json, cancellationToken);

    internal static async Task<KubernetesList<T>> PageAsync<T>(
        IKubernetesClient client,
        ResourceDefinition resource,
        string? ns,
        ListOptions? options,
        ObjectDecoder<T> decoder,
        string accept,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfCollection(resource, ns) + QueryOf(options)) { Accept = accept };
        return await client.SendAsync(request, decoder.DecodeList, cancellationToken);
    }

    private static QueryString QueryOf(ListOptions? options)
    {
        // The token fixes the version of the whole list; the server refuses both together.
        var version = options?.Continue is null ? options?.ResourceVersion : null;
        return new QueryString()
            .Add("labelSelector", options?.LabelSelector)
            .Add("fieldSelector", options?.FieldSelector)
            .Add("limit", options?.Limit)
            .Add("continue", options?.Continue)
            .Add("resourceVersion", version)
            .Add("resourceVersionMatch", version is null ? null : options?.ResourceVersionMatch?.ToString());
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(ListOptions? options, Func<ListOptions, Task<KubernetesList<T>>> list)
    {
        var items = new List<T>();
        var next = (options ?? new ListOptions()) with { Limit = options?.Limit ?? PageSize };
        while (true)
        {
            var page = await list(next);
            items.AddRange(page.Items);
            if (page.Continue is null)
            {
                return items;
            }

            next = next with { Continue = page.Continue };
        }
    }
}
