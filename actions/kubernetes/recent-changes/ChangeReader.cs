using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Reads what changed lately in a namespace: rollouts, images, configuration, autoscaling. One page of each kind; of ConfigMaps the metadata
/// only. What the account may not read is left out and named.</summary>
public static class ChangeReader
{
    /// <summary>The most objects of each kind that are looked at.</summary>
    public const int PageSize = 500;

    private static readonly (ResourceDefinition Resource, bool MetadataOnly)[] Kinds =
    [
        (Workloads.Deployment, false),
        (Workloads.ReplicaSet, false),
        (Workloads.StatefulSet, false),
        (Workloads.DaemonSet, false),
        (new("apps", "v1", "ControllerRevision", "controllerrevisions"), false),
        (new("autoscaling", "v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers"), false),
        (new("", "v1", "Service", "services"), false),
        (new("", "v1", "ConfigMap", "configmaps"), true),
    ];

    /// <summary>Reads.</summary>
    /// <exception cref="ApiException">The API server failed in a way that may pass.</exception>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    public static async Task<ChangeReport> ReadAsync(IKubernetesClient client, ChangeQuery query, CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(Kinds.Select(kind => PageAsync(client, kind.Resource, kind.MetadataOnly, query.Namespace, cancellationToken)));
        var all = pages.SelectMany(page => page.Items).ToList();
        var scope = ChangeScope.Of(all, query.Name);
        return new ChangeReport(
            ChangeFinder.Find([.. all.Where(scope.Contains)], query.Since), [.. pages.Select(page => page.Missing).OfType<string>()], scope.Narrowed);
    }

    private static async Task<(IReadOnlyList<JsonObject> Items, string? Missing)> PageAsync(
        IKubernetesClient client, ResourceDefinition resource, bool metadataOnly, string ns, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ListOptions { Limit = PageSize };
            var page = metadataOnly
                ? await client.ListMetadataPageAsync(resource, ns, options, cancellationToken)
                : await client.ListPageAsync(resource, ns, options, cancellationToken);

            // Items of a list do not say what they are, and of metadata alone they say something else.
            foreach (var item in page.Items)
            {
                item["kind"] = resource.Kind;
            }

            return (page.Items, page.Continue is null ? null : $"only the first {PageSize} {resource.Plural} were looked at");
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused })
        {
            return ([], $"not allowed to list {resource.Plural}");
        }
    }
}
