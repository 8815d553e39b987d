using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A change of one workload.</summary>
internal abstract class WorkloadChange(ActionDeclaration declaration) : ObjectChange(declaration)
{
    protected override Task<ResourceDefinition> ResourceAsync(ActionContext context, ObjectInput named, CancellationToken cancellationToken) =>
        Task.FromResult(Workloads.Of(named.Kind));
}
