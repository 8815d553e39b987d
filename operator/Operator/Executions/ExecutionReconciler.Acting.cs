using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <content>What the planner asks to do.</content>
internal sealed partial class ExecutionReconciler
{
    // Side by side: what takes long holds up no other. All of it is recorded, so what one failure leaves undone is found and done later.
    private Task DoAsync(RunbookExecution execution, IReadOnlyList<Deed> deeds, CancellationToken cancellationToken) =>
        Task.WhenAll(deeds.Select(deed => deed switch
        {
            Deed.Act act => ActAsync(execution, act, cancellationToken),
            Deed.StopPod stop => pods.StopAsync(execution, stop.Status.Pod!, cancellationToken),
            Deed.AbortChild abort => runs.AbortAsync(RunStarter.ChildOf(execution, abort.Status), cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        }));

    private async Task ActAsync(RunbookExecution execution, Deed.Act act, CancellationToken cancellationToken)
    {
        // A leader that was paused for long must not act on what it decided before.
        if (!leadership.IsLeader || leadership.Remaining < options.LeaseNeeded)
        {
            throw new LeaseTooShortException();
        }

        LogActing(NamespacedName.Of(execution), act.Step.Name, act.Status.Attempt);
        if (act.Step.Run is not null && execution.Spec.DryRun == true)
        {
            await trials.ActAsync(execution, act.Step, act.Prepared, cancellationToken);
        }
        else if (act.Step.Run is not null)
        {
            await pods.StartAsync(execution, act.Step, act.Prepared, AttemptId.Of(execution, act.Step.Name, act.Status.Attempt, act.Prepared.IsUndo), cancellationToken);
        }
        else if (act.Step.Runbook is not null)
        {
            await runs.StartChildAsync(execution, act, cancellationToken);
        }
        else
        {
            await typed.ActAsync(execution, act.Step, act.Status, act.Direction, Values(execution), act.Again, cancellationToken);
        }
    }
}
