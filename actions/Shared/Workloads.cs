using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>The kinds of apps/v1, which have been where they are since Kubernetes 1.9.</summary>
internal static class Workloads
{
    public static readonly ResourceDefinition Deployment = new("apps", "v1", "Deployment", "deployments");
    public static readonly ResourceDefinition StatefulSet = new("apps", "v1", "StatefulSet", "statefulsets");
    public static readonly ResourceDefinition DaemonSet = new("apps", "v1", "DaemonSet", "daemonsets");
    public static readonly ResourceDefinition ReplicaSet = new("apps", "v1", "ReplicaSet", "replicasets");

    private static readonly ResourceDefinition[] All = [Deployment, StatefulSet, DaemonSet, ReplicaSet];

    /// <summary>The workload kind of this name.</summary>
    /// <exception cref="ActionException">There is none.</exception>
    public static ResourceDefinition Of(string kind) =>
        All.FirstOrDefault(workload => workload.Kind == kind) ?? throw new ActionException($"{kind} is no workload");

    /// <summary>The input <c>kind</c> of an action on <paramref name="kinds"/>.</summary>
    public static ActionInput KindInput(params IReadOnlyList<ResourceDefinition> kinds) =>
        new("kind", ActionInputType.Text, "The kind of workload.", Required: true, [.. kinds.Select(workload => workload.Kind)]);
}
