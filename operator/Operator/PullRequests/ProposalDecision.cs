using RunbookOperator.Api;
using RunbookOperator.Learning;

namespace RunbookOperator.PullRequests;

/// <summary>Which proposals are new, and what is to be said of the others. Made by a pure function.</summary>
/// <param name="New">Proposals to push.</param>
/// <param name="Known">What is said of the others.</param>
internal sealed record ProposalDecision(IReadOnlyList<Proposal> New, IReadOnlyList<KnownProposal> Known)
{
    /// <summary>Decides.</summary>
    /// <param name="proposals">What the incident suggests for the runbook as it is on the base branch.</param>
    /// <param name="branch">The branch of proposals.</param>
    /// <param name="state">How things stand.</param>
    /// <param name="closed">Ids of proposals that the cluster knows to be closed.</param>
    public static ProposalDecision Make(IReadOnlyList<Proposal> proposals, string branch, PullRequestState state, IReadOnlySet<string> closed)
    {
        var fresh = new List<Proposal>();
        var known = new List<KnownProposal>();
        foreach (var proposal in proposals)
        {
            if (state.IsTakenOver)
            {
                known.Add(new(proposal, Suggestion(proposal, SuggestionState.Open, branch, state.Head,
                    $"Somebody has pushed to {branch}. It is theirs now and is left alone; this proposal is not on it.")));
            }
            else if (state.Open.Contains(proposal.Id))
            {
                known.Add(new(proposal, Suggestion(proposal, SuggestionState.Open, branch, state.Head)));
            }
            else if (state.Declined.Contains(proposal.Id))
            {
                known.Add(new(proposal, Suggestion(
                    proposal, SuggestionState.Closed, branch, null, $"{branch} was deleted: that was a no, and it is not proposed again.")));
            }
            else if (closed.Contains(proposal.Id))
            {
                known.Add(new(proposal, Suggestion(
                    proposal, SuggestionState.Closed, branch, null, $"{SuggestionDraft.Name(proposal)} is Closed: that was a no, and it is not proposed again.")));
            }
            else
            {
                fresh.Add(proposal);
            }
        }

        return new ProposalDecision(fresh, known);
    }

    /// <summary>What the incident says of a proposal.</summary>
    public static IncidentSuggestion Suggestion(Proposal proposal, string state, string? branch, string? commit, string? message = null) => new()
    {
        Runbook = proposal.Runbook,
        Kind = proposal.Kind.ToString(),
        Title = Variables.Clean(proposal.Title, Limits.Line),
        State = state,
        Branch = branch,
        Commit = commit,
        Message = message is null ? null : Variables.Clean(message, Limits.Message),
    };
}

/// <summary>A proposal that is not new.</summary>
/// <param name="Proposal">What is proposed.</param>
/// <param name="Suggestion">What is said of it.</param>
internal sealed record KnownProposal(Proposal Proposal, IncidentSuggestion Suggestion);
