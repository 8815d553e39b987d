using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime.Tests;

/// <summary>A reconciler that does what the test says.</summary>
internal sealed class FunctionReconciler(Func<NamespacedName, CancellationToken, Task<ReconcileResult>> reconcile) : IReconciler
{
    public FunctionReconciler(Func<NamespacedName, ReconcileResult> reconcile)
        : this((key, _) => Task.FromResult(reconcile(key)))
    {
    }

    public Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken) => reconcile(request, cancellationToken);
}
