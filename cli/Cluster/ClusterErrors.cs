using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Cluster;

/// <summary>What the cluster's errors mean to the person at the keyboard.</summary>
internal static class ClusterErrors
{
    /// <summary>Whether an object is not there, or its kind is not.</summary>
    public static bool IsAbsent(ApiException error) => error.IsNotFound || error.IsNotServed;

    /// <summary>Whether the same request may succeed later: no connection, or a server that is busy.</summary>
    public static bool IsTransient(Exception error) => error switch
    {
        ApiException answer => answer.IsTransient,
        HttpRequestException or IOException => true,
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    /// <summary>The sentence for an error, or null if it is none of the cluster's.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="verb">The verb of the request, as RBAC names it.</param>
    /// <param name="resource">The kind it was about.</param>
    /// <param name="connection">Where it was sent.</param>
    public static string? Describe(Exception error, string verb, ResourceDefinition resource, ClusterConnection connection) => error switch
    {
        ApiException { IsForbidden: true } => $"not allowed to {verb} {resource.GroupResource} in namespace {connection.Namespace}: {error.Message}",
        ApiException { IsUnauthorized: true } => $"the cluster at {connection.Server} does not know you: {error.Message}",
        ApiException => $"could not {verb} {resource.GroupResource} in namespace {connection.Namespace}: {error.Message}",
        HttpRequestException or IOException => $"cannot reach the cluster at {connection.Server}: {Innermost(error).Message}",
        OperationCanceledException { InnerException: TimeoutException } => $"cannot reach the cluster at {connection.Server}: no answer in time",
        _ => null,
    };

    /// <summary>The sentence for a cluster that does not know a kind.</summary>
    public static string NotInstalled(ResourceDefinition resource, ClusterConnection connection) =>
        $"the cluster at {connection.Server} has no {resource.GroupResource}: the operator's CustomResourceDefinitions are not installed there\n"
        + "Install them with 'kubectl apply --server-side -f crds/' (before Kubernetes 1.30: deploy/crds-1.20.yaml).";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
