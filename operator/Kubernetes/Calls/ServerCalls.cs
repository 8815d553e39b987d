using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>What the API server says of itself.</summary>
public static class ServerCalls
{
    /// <summary>Sends a request and returns the whole answer.</summary>
    public static Task<byte[]> SendAsync(this IKubernetesClient client, ApiRequest request, CancellationToken cancellationToken) =>
        client.SendAsync(request, static body => body.ToArray(), cancellationToken);

    /// <summary>GETs any path below the API server and returns the body.</summary>
    /// <exception cref="ArgumentException">The path does not begin with a slash.</exception>
    public static async Task<string> GetRawAsync(this IKubernetesClient client, string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await client.SendAsync(new ApiRequest(HttpMethod.Get, path) { Accept = "*/*" }, cancellationToken));

    /// <summary>Which Kubernetes it is.</summary>
    public static async Task<ServerVersion> GetVersionAsync(this IKubernetesClient client, CancellationToken cancellationToken) =>
        ServerVersion.From(Body.Decode<ServerVersion.Info>(
            await client.SendAsync(new ApiRequest(HttpMethod.Get, "/version"), cancellationToken), KubernetesJson.Options));

    /// <summary>Finds a kind in the first of several versions that the server has, such as <c>autoscaling/v2</c> before
    /// <c>autoscaling/v2beta2</c>. Null if it has the kind in none of them.</summary>
    /// <param name="client">The client.</param>
    /// <param name="kind">As for <see cref="IKubernetesClient.DiscoverAsync"/>.</param>
    /// <param name="apiVersions">Groups and versions that the caller can work with, the best first.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<ResourceDefinition?> DiscoverFirstAsync(
        this IKubernetesClient client, string kind, IEnumerable<string> apiVersions, CancellationToken cancellationToken)
    {
        foreach (var apiVersion in apiVersions)
        {
            if (await client.DiscoverAsync(kind, apiVersion, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
