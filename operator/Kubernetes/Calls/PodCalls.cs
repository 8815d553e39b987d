using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes;

/// <summary>What only Pods have: logs, and eviction.</summary>
public static class PodCalls
{
    private const string Eviction = "pods/eviction";

    /// <summary>A container's log as a stream of bytes. With <see cref="LogOptions.Follow"/> it ends when the container does. Give a token
    /// to each read: the one given here ends the request only.</summary>
    /// <exception cref="ArgumentException">Both <see cref="LogOptions.Since"/> and <see cref="LogOptions.SinceTime"/> are set.</exception>
    public static Task<Stream> LogsAsync(this IKubernetesClient client, NamespacedName pod, LogOptions options, CancellationToken cancellationToken)
    {
        if (options is { Since: not null, SinceTime: not null })
        {
            throw new ArgumentException("A log begins at Since or at SinceTime, not at both.", nameof(options));
        }

        var query = new QueryString()
            .Add("container", options.Container)
            .Add("follow", options.Follow)
            .Add("previous", options.Previous)
            .Add("timestamps", options.Timestamps)
            .Add("tailLines", options.TailLines)
            .Add("sinceSeconds", options.Since is { } since ? (long)Math.Ceiling(since.TotalSeconds) : null)
            .Add("sinceTime", options.SinceTime is { } time ? TimeConverter.Text(time) : null)
            .Add("limitBytes", options.LimitBytes);
        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(Pod.Definition, pod, "log") + query)
        {
            Accept = "*/*",
            Patient = options.Follow,
        };
        return client.OpenAsync(request, cancellationToken);
    }

    /// <summary>Deletes a Pod if its disruption budgets allow. <see cref="ApiException.IsDisruptionBudget"/> if they do not: try again
    /// later. Servers from 1.22 on speak policy/v1 here, older ones policy/v1beta1; discovery says which.</summary>
    public static async Task EvictAsync(
        this IKubernetesClient client, NamespacedName pod, DeleteOptions? options, CancellationToken cancellationToken)
    {
        var kind = await client.DiscoverAsync(Eviction, Pod.Definition.ApiVersion, cancellationToken)
            ?? throw new NotSupportedException("The API server does not offer the eviction of Pods.");
        var eviction = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace },
        };
        if (options is not null)
        {
            eviction["deleteOptions"] = options.ToJson();
        }

        var query = new QueryString().AddDryRun(options?.DryRun == true);
        var path = ResourcePath.OfObject(Pod.Definition, pod, "eviction") + query;
        await client.SendAsync(new ApiRequest(HttpMethod.Post, path) { Body = Body.Encode(eviction) }, cancellationToken);
    }
}
