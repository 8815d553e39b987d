using RunbookOperator.Documents;
using RunbookOperator.Executions;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;
using RunbookOperator.PullRequests;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.Hosting;

/// <summary>What makes proposals, and follows them.</summary>
internal sealed class ProposalParts
{
    public ProposalParts(IKubernetesClient client, Caches caches, Judging judging, PullRequestTargets targets, GitMirrors mirrors, ExecutionOptions options, TimeProvider time)
    {
        var reader = new RunbookReader();
        Targets = targets;
        Provider = new GitPullRequestProvider(mirrors);
        Records = new SuggestionRecords(client, time);
        Service = new ProposalService(
            caches.Runbooks,
            caches.Executions,
            Targets,
            Records,
            Provider,
            new Proposals(judging.Judge, options.Redactor),
            new ProposalGate(new RunbookFiles(reader, judging.Validator), judging.Judge),
            reader,
            options.Redactor);
    }

    public PullRequestTargets Targets { get; }

    public IPullRequestProvider Provider { get; }

    public SuggestionRecords Records { get; }

    public ProposalService Service { get; }

    /// <summary>Suggestions: looked at when they are handed over, when a repository has changed, and from time to time.</summary>
    public Controller Controller(Caches caches, IEventRecorder events, RuntimeContext context) => ControllerBuilder
        .For(caches.Suggestions, static change => change.After?.Status?.State == Api.SuggestionState.Open && change.Before?.Status?.State != Api.SuggestionState.Open)
        .Watches(
            caches.Repositories,
            repository => caches.Suggestions.List(repository.Metadata.Namespace).Select(static suggestion => NamespacedName.Of(suggestion)),
            static change => change.After?.Status?.LastAppliedRevision != change.Before?.Status?.LastAppliedRevision)
        .Build(new SuggestionReconciler(caches.Suggestions, caches.Runbooks, Targets, Provider, Records, events), context);
}
