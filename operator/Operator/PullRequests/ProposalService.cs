using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Git;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.PullRequests;

/// <summary>Makes proposals from an incident that is over, and hands them over to people.</summary>
internal sealed class ProposalService(
    ILister<RunbookRepository> repositories, ILister<Runbook> runbooks, ILister<RunbookExecution> executions, SyncSource sources,
    IPullRequestProvider provider, Proposals proposals, ProposalGate gate, RunbookReader reader, Redactor redactor) : IProposals
{
    /// <summary>Makes proposals about the runbooks that ran in an incident. Called again it finds what it pushed and says the same.</summary>
    /// <param name="incident">The incident, resolved.</param>
    /// <param name="runs">Its runs, all ended.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What <c>status.suggestions</c> is to say. Empty if there is nothing to propose, or nowhere to.</returns>
    /// <exception cref="GitException">With <see cref="GitException.IsTransient"/>: the server cannot be reached just now, or somebody pushed at the
    /// same moment. Call again later.</exception>
    public async Task<IReadOnlyList<IncidentSuggestion>> ProposeAsync(
        Incident incident, IReadOnlyList<RunbookExecution> runs, CancellationToken cancellationToken)
    {
        var suggestions = new List<IncidentSuggestion>();
        foreach (var situation in ProposalCase.Of(incident, runs, executions.List(incident.Metadata.Namespace)))
        {
            var key = new NamespacedName(incident.Metadata.Namespace!, situation.Runbook);
            if (runbooks.Find(key) is { } runbook && RepositoryOf(runbook) is { } repository)
            {
                suggestions.AddRange(await ProposeAsync(situation, runbook, repository, cancellationToken));
            }
        }

        return suggestions;
    }

    private async Task<IReadOnlyList<IncidentSuggestion>> ProposeAsync(
        ProposalCase situation, Runbook runbook, RunbookRepository repository, CancellationToken cancellationToken)
    {
        // Most incidents suggest nothing; Git is asked only for those that do.
        var expected = proposals.For(situation, runbook.Spec);
        if (expected.Count == 0)
        {
            return [];
        }

        try
        {
            var target = await TargetAsync(runbook, repository, cancellationToken);
            var state = await provider.ReadAsync(target, cancellationToken);
            var decision = ProposalDecision.Make(expected, target.Branch, state);
            return decision.New.Count == 0 ? decision.Known : [.. decision.Known, .. await PushAsync(situation, target, state, decision.New, cancellationToken)];
        }
        catch (SyncRefusedException refused)
        {
            return Failed(expected, refused.Message);
        }
        catch (GitException exception) when (!exception.IsTransient)
        {
            return Failed(expected, exception.Message);
        }
    }

    private async Task<IReadOnlyList<IncidentSuggestion>> PushAsync(
        ProposalCase situation, PullRequestTarget target, PullRequestState state, IReadOnlyList<Proposal> wanted, CancellationToken cancellationToken)
    {
        var document = reader.Read(target.File, Encoding.UTF8.GetBytes(state.Content)).Runbooks.FirstOrDefault(found => found.Runbook.Metadata.Name == target.Runbook);
        if (document is null)
        {
            return Failed(wanted, $"{target.File} does not hold the runbook {target.Runbook} on {target.Source.Target.Name}, or has errors.");
        }

        // Drawn again from the file itself: the base may be ahead of the cluster, and names are unique beside proposals that are open.
        var ids = wanted.Select(proposal => proposal.Id).ToHashSet(StringComparer.Ordinal);
        var current = proposals.For(situation, document.Runbook.Spec).Where(proposal => ids.Contains(proposal.Id)).ToList();
        var file = ProposedFile.Make(state.Content, current, redactor, (before, after) => gate.Refusal(target.File, target.Runbook, before, after));
        var refused = file.Refused.Select(refusal => ProposalDecision.Suggestion(refusal.Proposal, SuggestionState.Failed, null, null, refusal.Reason));
        if (file.Done.Count == 0)
        {
            return [.. refused];
        }

        var trailers = new PullRequestTrailers(target.Branch, state.Open.Concat(file.Done.Select(proposal => proposal.Id)).ToHashSet(StringComparer.Ordinal));
        var description = PullRequestText.Description(file.Done, target.Branch, trailers);
        var at = situation.Incident.Status?.ResolvedAt ?? situation.Incident.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;
        var change = new PullRequestChange(file.Source, PullRequestText.Message(file.Done), description, at);
        var commit = await provider.PushAsync(target, state, change, cancellationToken);
        return [.. file.Done.Select(proposal => ProposalDecision.Suggestion(proposal, SuggestionState.Open, target.Branch, commit)), .. refused];
    }

    private async Task<PullRequestTarget> TargetAsync(Runbook runbook, RunbookRepository repository, CancellationToken cancellationToken)
    {
        var settings = repository.Spec.PullRequests!;
        var followed = await sources.ReadAsync(repository, cancellationToken);
        var main = settings.BaseBranch ?? repository.Spec.Ref?.Branch ?? GitTarget.DefaultBranch;
        var branch = (settings.BranchPrefix ?? PullRequestTarget.DefaultPrefix) + runbook.Metadata.Name;
        if (!GitNames.IsReference(main) || !GitNames.IsReference(branch) || branch == main)
        {
            throw new SyncRefusedException(Reasons.InvalidReference, "spec.pullRequests names a branch that Git does not allow.");
        }

        var credentials = settings.SecretRef is { } secret
            ? await sources.CredentialsAsync(repository, secret, cancellationToken)
            : followed.Credentials;
        return new PullRequestTarget(
            NamespacedName.Of(repository), followed with { Credentials = credentials, Target = GitTarget.Branch(main) }, runbook.Metadata.Name!,
            runbook.Metadata.Annotations![Names.FileAnnotation], branch, settings.Author ?? PullRequestTarget.Operator);
    }

    // The repository that a runbook comes from, if proposals about it are wanted.
    private RunbookRepository? RepositoryOf(Runbook runbook) =>
        runbook.Metadata.Labels?.GetValueOrDefault(Names.RepositoryLabel) is { } name
        && runbook.Metadata.Annotations?.ContainsKey(Names.FileAnnotation) == true
        && repositories.Find(new NamespacedName(runbook.Metadata.Namespace!, name)) is { Spec.PullRequests: not null } repository
            ? repository
            : null;

    private static List<IncidentSuggestion> Failed(IReadOnlyList<Proposal> proposals, string reason) =>
        [.. proposals.Select(proposal => ProposalDecision.Suggestion(proposal, SuggestionState.Failed, null, null, reason))];
}
