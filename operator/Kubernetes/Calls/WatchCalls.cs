using System.Runtime.CompilerServices;

namespace RunbookOperator.Kubernetes;

/// <summary>Watches.</summary>
public static class WatchCalls
{
    /// <summary>Follows changes from <see cref="WatchOptions.ResourceVersion"/> on, until the server or the caller ends the stream.
    /// An ERROR event is thrown as an <see cref="ApiException"/> (410: <see cref="ApiException.IsGone"/>).</summary>
    public static IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        this IKubernetesClient client, string? ns, WatchOptions options, CancellationToken cancellationToken)
        where T : IKubernetesObject<T> =>
        FollowAsync(client, T.Definition, ns, options, new ObjectDecoder<T>(client.Json), MediaTypes.Json, cancellationToken);

    internal static async IAsyncEnumerable<WatchEvent<T>> FollowAsync<T>(
        IKubernetesClient client,
        ResourceDefinition resource,
        string? ns,
        WatchOptions options,
        ObjectDecoder<T> decoder,
        string accept,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryString()
            .Add("watch", value: true)
            .Add("allowWatchBookmarks", options.AllowBookmarks)
            .Add("resourceVersion", options.ResourceVersion)
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("timeoutSeconds", options.Timeout is { } timeout ? (long)Math.Ceiling(timeout.TotalSeconds) : null);
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfCollection(resource, ns) + query) { Accept = accept };
        await using var stream = await client.OpenAsync(request, cancellationToken);
        await foreach (var change in WatchStream.ReadAsync(stream, decoder, cancellationToken))
        {
            yield return change;
        }
    }
}
