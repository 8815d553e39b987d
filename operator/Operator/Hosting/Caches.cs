using RunbookOperator.Alerts;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runbooks;
using RunbookOperator.Runtime;

namespace RunbookOperator.Hosting;

/// <summary>What the operator keeps of the cluster.</summary>
internal sealed class Caches
{
    public Caches(IKubernetesClient client, RuntimeContext context)
    {
        var options = new InformerOptions();
        Repositories = new Informer<RunbookRepository>(client, options, context);
        Runbooks = new Informer<Runbook>(client, options, context);
        Incidents = new Informer<Incident>(client, options, context).AddIndex(
            AlertIntake.KeyIndex,
            static incident => incident.Metadata.Labels?.GetValueOrDefault(Names.IncidentKeyLabel) is { } hash
                ? [AlertIntake.IndexValue(incident.Metadata.Namespace!, hash)]
                : []);
        Executions = new Informer<RunbookExecution>(client, options, context)
            .AddIndex(
                IncidentReconciler.IncidentIndex,
                static run => run.Spec.Incident is { } incident ? [IncidentReconciler.IndexValue(run.Metadata.Namespace!, incident)] : [])
            .AddIndex(
                RunbookReconciler.RunbookIndex,
                static run => [RunbookReconciler.IndexValue(new NamespacedName(run.Metadata.Namespace!, run.Spec.Runbook.Name))]);
        Approvals = new ProjectedInformer<RunbookApproval, DecidedRun>(client, options, DecidedRun.Of, context);
        Policies = new Informer<RunbookPolicy>(client, options, context);
        Suggestions = new Informer<RunbookSuggestion>(client, options, context);
    }

    public Informer<RunbookRepository> Repositories { get; }

    public Informer<Runbook> Runbooks { get; }

    public Informer<Incident> Incidents { get; }

    public Informer<RunbookExecution> Executions { get; }

    /// <summary>Of decisions only which run they are about: what they say is read from the API server when it is used.</summary>
    public ProjectedInformer<RunbookApproval, DecidedRun> Approvals { get; }

    public Informer<RunbookPolicy> Policies { get; }

    public Informer<RunbookSuggestion> Suggestions { get; }
}
