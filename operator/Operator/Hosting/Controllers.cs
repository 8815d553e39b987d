using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Executions;
using RunbookOperator.Git;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runbooks;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.Hosting;

/// <summary>Which changes lead to which work.</summary>
internal static class Controllers
{
    /// <summary>Runs: looked at when they, a decision on them, the alerts of their incident, or any policy change. Their own status is the operator's
    /// writing and wakes nobody.</summary>
    public static Controller Executions(Caches caches, ExecutionReconciler reconciler, RuntimeContext context) => ControllerBuilder
        .For(caches.Executions, Predicates.Either(Predicates.GenerationChanged, Predicates.AnnotationChanged<RunbookExecution>(Names.RollbackAnnotation)))
        .Watches(
            caches.Approvals,
            static approval => [approval.Run],
            Predicates.GenerationChanged)
        .Watches(
            caches.Incidents,
            incident => caches.Executions
                .ByIndex(IncidentReconciler.IncidentIndex, IncidentReconciler.IndexValue(incident.Metadata.Namespace!, incident.Metadata.Name!))
                .Where(static run => !ExecutionPhase.IsFinal(run.Status?.Phase))
                .Select(static run => NamespacedName.Of(run)),
            Predicates.GenerationChanged)
        .Watches(
            caches.Executions,
            static run => run.Spec.Trigger is { Type: TriggerType.Child, Parent: { } parent } ? [new NamespacedName(run.Metadata.Namespace!, parent)] : [],
            static change => ExecutionPhase.IsFinal(change.After?.Status?.Phase) != ExecutionPhase.IsFinal(change.Before?.Status?.Phase)
                || change.After?.Metadata.DeletionTimestamp is not null)
        .Watches(
            caches.Policies,
            _ => caches.Executions.List().Where(static run => !ExecutionPhase.IsFinal(run.Status?.Phase)).Select(static run => NamespacedName.Of(run)),
            Predicates.GenerationChanged)
        .WithOptions(new ControllerOptions { Workers = 16 })
        .Build(reconciler, context);

    /// <summary>Incidents: looked at when their alerts or notes change, when one of their runs moves, or when a runbook comes that may fit.</summary>
    public static Controller Incidents(
        Caches caches, IKubernetesClient client, IProposals proposals, IPolicies policies, IEventRecorder events, RuntimeContext context) => ControllerBuilder
        .For(caches.Incidents, Predicates.GenerationChanged)
        .Watches(
            caches.Executions,
            static run => run.Spec.Incident is { } incident ? [new NamespacedName(run.Metadata.Namespace!, incident)] : [],
            static change => change.After?.Status?.Phase != change.Before?.Status?.Phase)
        .Watches(
            caches.Runbooks,
            runbook => caches.Incidents.List(runbook.Metadata.Namespace).Where(static incident => incident.Status?.Unmatched == true).Select(static incident => NamespacedName.Of(incident)),
            Predicates.GenerationChanged)
        .Build(new IncidentReconciler(client, caches.Runbooks, caches.Executions, proposals, policies, events, context.Time), context);

    /// <summary>Repositories: looked at when they change, when somebody asks, and by their interval.</summary>
    public static Controller Repositories(
        Caches caches, IKubernetesClient client, GitMirrors mirrors, Judging judging, Func<StepJudge> judge, IEventRecorder events, RuntimeContext context) => ControllerBuilder
        .For(
            caches.Repositories,
            Predicates.Either(
                Predicates.GenerationChanged,
                Predicates.AnnotationChanged<RunbookRepository>(Names.RequestedAtAnnotation),
                Predicates.AnnotationChanged<RunbookRepository>(Names.FluxRequestedAtAnnotation)))
        .Build(
            RunbookRepositoryReconciler.Create(
                client,
                caches.Repositories,
                caches.Runbooks,
                mirrors,
                new RunbookFiles(new RunbookReader(), judging.Validator, judge),
                events,
                context.Time,
                context.Jitter),
            context);

    /// <summary>Policies: looked at when they, or others that count where they do, change.</summary>
    public static Controller Policies(
        Caches caches, IKubernetesClient client, IPolicies policies, string home, IEventRecorder events, RuntimeContext context) => ControllerBuilder
        .For(caches.Policies, Predicates.GenerationChanged)
        .Watches(
            caches.Policies,
            policy => caches.Policies.List(policy.Metadata.Namespace == home ? null : policy.Metadata.Namespace).Select(static other => NamespacedName.Of(other)),
            Predicates.GenerationChanged)
        .Build(new PolicyReconciler(client, caches.Policies, policies, events, context.Time), context);

    /// <summary>Runbooks: looked at when they change, one of their runs ends, or a policy that may say something of programs or images changes.</summary>
    public static Controller Runbooks(Caches caches, IKubernetesClient client, Judging judging, IPolicies policies, RuntimeContext context) => ControllerBuilder
        .For(caches.Runbooks, Predicates.GenerationChanged)
        .Watches(
            caches.Executions,
            static run => [new NamespacedName(run.Metadata.Namespace!, run.Spec.Runbook.Name)],
            static change => ExecutionPhase.IsFinal(change.After?.Status?.Phase) && !ExecutionPhase.IsFinal(change.Before?.Status?.Phase))
        .Watches(caches.Policies, _ => caches.Runbooks.List().Select(static runbook => NamespacedName.Of(runbook)), ProgramsChanged)
        .Build(new RunbookReconciler(client, caches.Runbooks, caches.Executions, ns => judging.Judges.For(policies.For(ns)), judging.Validator, context.Time), context);

    private static bool Says(RunbookPolicy? policy) => policy?.Spec is { Programs: not null } or { Images: not null };

    private static bool ProgramsChanged(ResourceEvent<RunbookPolicy> change) =>
        Predicates.GenerationChanged(change) && (Says(change.Before) || Says(change.After));
}
