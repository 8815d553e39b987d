using Microsoft.Extensions.Logging;
using RunbookOperator.Admission;
using RunbookOperator.Executions;
using RunbookOperator.Observability;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Hosting;

/// <summary>What runs runs.</summary>
internal static class ExecutionParts
{
    /// <summary>The controller of runs, with all that its reconciler needs.</summary>
    public static Controller Controller(
        OperatorSurroundings surroundings,
        Caches caches,
        Judging judging,
        IPolicies policies,
        HmacKeys keys,
        ILeadership leadership,
        IEventRecorder events,
        ExecutionOptions options)
    {
        var (client, context) = (surroundings.Client, surroundings.Context);
        var preparer = new StepPreparer(client, judging.Actions, judging.Judges, policies, options, context.Time);

        // A Pod that ends wakes the controller of its run, which is made from what watches the Pod.
        var controller = default(Controller);
        var pods = new PodRunner(client, options, context.Time, name => controller?.Enqueue(name));
        var reconciler = new ExecutionReconciler(
            client,
            caches.Incidents,
            caches.Executions,
            policies,
            new StartBudget(caches.Executions),
            preparer,
            new TypedRunner(judging.Actions, preparer, options, context.Time),
            pods,
            new DryRunner(client, options),
            new RunStarter(client),
            new RollbackStarter(client),
            new AccessQuestions(client, judging.Judges, policies),
            new ApprovalReader(client, keys, context.Time),
            new Snapshots(client),
            keys,
            new AuditLog(surroundings.Audit),
            leadership,
            events,
            options,
            context.Time,
            context.Loggers.CreateLogger<ExecutionReconciler>());
        controller = Controllers.Executions(caches, reconciler, context);
        return controller;
    }
}
