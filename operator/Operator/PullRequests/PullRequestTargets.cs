using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.PullRequests;

/// <summary>Finds where proposals about a runbook go.</summary>
internal sealed class PullRequestTargets(ILister<RunbookRepository> repositories, SyncSource sources)
{
    /// <summary>The repository that a runbook comes from, if proposals about it are wanted.</summary>
    public RunbookRepository? RepositoryOf(Runbook runbook) =>
        runbook.Metadata.Labels?.GetValueOrDefault(Names.RepositoryLabel) is { } name
        && runbook.Metadata.Annotations?.ContainsKey(Names.FileAnnotation) == true
        && repositories.Find(new NamespacedName(runbook.Metadata.Namespace!, name)) is { Spec.PullRequests: not null } repository
            ? repository
            : null;

    /// <summary>Where proposals about a runbook go.</summary>
    /// <exception cref="SyncRefusedException">The repository's settings, or its credentials, cannot be used.</exception>
    public Task<PullRequestTarget> OfAsync(Runbook runbook, RunbookRepository repository, CancellationToken cancellationToken) =>
        OfAsync(repository, runbook.Metadata.Name!, runbook.Metadata.Annotations![Names.FileAnnotation], cancellationToken);

    /// <summary>Where a proposal of any name goes.</summary>
    /// <param name="repository">The repository, with <see cref="RunbookRepositorySpec.PullRequests"/>.</param>
    /// <param name="name">What the proposal is about; the end of its branch's name.</param>
    /// <param name="file">The file that is changed; empty where it is not one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SyncRefusedException">The repository's settings, or its credentials, cannot be used.</exception>
    public async Task<PullRequestTarget> OfAsync(RunbookRepository repository, string name, string file, CancellationToken cancellationToken)
    {
        var settings = repository.Spec.PullRequests!;
        var followed = await sources.ReadAsync(repository, cancellationToken);
        var main = settings.BaseBranch ?? repository.Spec.Ref?.Branch ?? GitTarget.DefaultBranch;
        var branch = (settings.BranchPrefix ?? PullRequestTarget.DefaultPrefix) + name;
        if (!GitNames.IsReference(main) || !GitNames.IsReference(branch) || branch == main)
        {
            throw new SyncRefusedException(Reasons.InvalidReference, "spec.pullRequests names a branch that Git does not allow.");
        }

        var credentials = settings.SecretRef is { } secret
            ? await sources.CredentialsAsync(repository, secret, cancellationToken)
            : followed.Credentials;
        return new PullRequestTarget(
            NamespacedName.Of(repository), followed with { Credentials = credentials, Target = GitTarget.Branch(main) }, name, file, branch,
            settings.Author ?? PullRequestTarget.Operator);
    }
}
