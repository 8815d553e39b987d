using RunbookOperator.Documents;
using RunbookOperator.Executions;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;
using RunbookOperator.PullRequests;
using RunbookOperator.Sync;

namespace RunbookOperator.Hosting;

/// <summary>What makes proposals.</summary>
internal static class ProposalParts
{
    /// <summary>The service, with all that it needs.</summary>
    public static ProposalService Service(IKubernetesClient client, Caches caches, Judging judging, GitMirrors mirrors, ExecutionOptions options)
    {
        var reader = new RunbookReader();
        return new ProposalService(
            caches.Repositories,
            caches.Runbooks,
            caches.Executions,
            new SyncSource(client, mirrors.AllowLocalRepositories),
            new GitPullRequestProvider(mirrors),
            new Proposals(judging.Judge, options.Redactor),
            new ProposalGate(new RunbookFiles(reader, judging.Validator), judging.Judge),
            reader,
            options.Redactor);
    }
}
