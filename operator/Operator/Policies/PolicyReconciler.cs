using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Policies;

/// <summary>Says of each policy whether it can be used, and what holds where it counts.</summary>
internal sealed class PolicyReconciler(
    IKubernetesClient client, ILister<RunbookPolicy> policies, IPolicies effective, IEventRecorder events, TimeProvider time) : IReconciler
{
    private readonly StatusWriter _writer = new(client);

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken)
    {
        if (policies.Find(request) is not { Metadata.DeletionTimestamp: null } policy)
        {
            return ReconcileResult.Done;
        }

        var status = PolicySummary.Of(policy, effective.For(request.Namespace), time.GetUtcNow());
        var stored = await _writer.WriteAsync(policy, policy.Status, status, cancellationToken);
        Tell(policy.Status, stored);
        return ReconcileResult.Done;
    }

    private void Tell(RunbookPolicyStatus? before, RunbookPolicy stored)
    {
        var (was, now) = (Conditions.Find(before?.Conditions, ConditionTypes.Ready), Conditions.Find(stored.Status?.Conditions, ConditionTypes.Ready));
        if (now is null || (was?.Status == now.Status && was?.Reason == now.Reason))
        {
            return;
        }

        var usable = now.Status == ConditionStatus.True;
        events.Event(ObjectReference.To(stored), usable ? EventType.Normal : EventType.Warning, now.Reason, "Judge", usable ? now.Message : $"nothing but safe steps runs: {now.Message}");
    }
}
