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
    ILister<Runbook> runbooks, ILister<RunbookExecution> executions, PullRequestTargets targets, SuggestionRecords records,
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
            if (runbooks.Find(key) is { } runbook && targets.RepositoryOf(runbook) is { } repository)
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
            var target = await targets.OfAsync(runbook, repository, cancellationToken);
            var state = await provider.ReadAsync(target, cancellationToken);
            var decision = ProposalDecision.Make(expected, target.Branch, state, await ClosedAsync(situation, expected, cancellationToken));
            await RecordAsync(situation, decision.Known, cancellationToken);
            List<IncidentSuggestion> known = [.. decision.Known.Select(answer => answer.Suggestion)];
            return decision.New.Count == 0 ? known : [.. known, .. await PushAsync(situation, target, state, decision.New, cancellationToken)];
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

    // Said no to in the cluster's own records, whatever the repository remembers.
    private async Task<IReadOnlySet<string>> ClosedAsync(ProposalCase situation, IReadOnlyList<Proposal> expected, CancellationToken cancellationToken)
    {
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var proposal in expected)
        {
            var name = new NamespacedName(situation.Incident.Metadata.Namespace!, SuggestionDraft.Name(proposal));
            if (await records.FindAsync(name, cancellationToken) is { Status.State: SuggestionState.Closed })
            {
                closed.Add(proposal.Id);
            }
        }

        return closed;
    }

    // What is on the branch, or was said no to: the records say the same, and this incident speaks for it as well.
    private async Task RecordAsync(ProposalCase situation, IReadOnlyList<KnownProposal> known, CancellationToken cancellationToken)
    {
        foreach (var (proposal, said) in known.Where(answer => answer.Suggestion.Message is null || answer.Suggestion.State == SuggestionState.Closed))
        {
            var recorded = await records.PutAsync(SuggestionDraft.Of(proposal, situation, patch: null), cancellationToken);
            var pullRequest = said.Commit is null ? null : new SuggestionPullRequest { Branch = said.Branch, Commit = said.Commit };
            await records.MarkAsync(recorded, said.State, pullRequest, cancellationToken);
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

        // Before the push, so that what is on the branch is never without its record; after it they say where it is. Ended in between, the same
        // proposals are found on the branch and said to be open then.
        var drafts = file.Done.Zip(file.Texts, (proposal, text) => SuggestionDraft.Of(proposal, situation, UnifiedDiff.Of(target.File, text.Before, text.After))).ToList();
        var recorded = new List<RunbookSuggestion>();
        foreach (var draft in drafts)
        {
            recorded.Add(await records.PutAsync(draft, cancellationToken));
        }

        var commit = await provider.PushAsync(target, state, change, cancellationToken);
        foreach (var suggestion in recorded)
        {
            await records.MarkAsync(suggestion, SuggestionState.Open, new SuggestionPullRequest { Branch = target.Branch, Commit = commit }, cancellationToken);
        }

        return [.. file.Done.Select(proposal => ProposalDecision.Suggestion(proposal, SuggestionState.Open, target.Branch, commit)), .. refused];
    }

    private static List<IncidentSuggestion> Failed(IReadOnlyList<Proposal> proposals, string reason) =>
        [.. proposals.Select(proposal => ProposalDecision.Suggestion(proposal, SuggestionState.Failed, null, null, reason))];
}
