using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Hosting;

/// <summary>What the cache keeps of an approval.</summary>
/// <param name="Metadata">Names and versions, without what grows: labels, annotations, owners.</param>
/// <param name="Run">The run it decides on.</param>
internal sealed record DecidedRun(ObjectMeta Metadata, NamespacedName Run) : IKubernetesObject
{
    string? IKubernetesObject.ApiVersion => null;

    string? IKubernetesObject.Kind => null;

    /// <summary>What is kept of <paramref name="approval"/>.</summary>
    public static DecidedRun Of(RunbookApproval approval) => new(
        approval.Metadata with { Labels = null, Annotations = null, OwnerReferences = null, Finalizers = null },
        new NamespacedName(approval.Metadata.Namespace!, approval.Spec.Execution.Name));
}
