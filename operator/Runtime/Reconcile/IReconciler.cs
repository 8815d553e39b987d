using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Makes the world as one object says it should be.</summary>
public interface IReconciler
{
    /// <summary>Reads the object named by <paramref name="request"/>, and what depends on it, and moves the world towards it. It is not
    /// told what changed, may be called at any time, and is never called for the same key twice at once.</summary>
    /// <param name="request">The key. The object may be gone.</param>
    /// <param name="cancellationToken">Cancelled when the process is to end, or this pass took too long.</param>
    /// <exception cref="TerminalException">No retry until something changes. Every other exception is retried for ever.</exception>
    Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken);
}
