using RunbookOperator.Api;
using RunbookOperator.Learning;

namespace RunbookOperator.PullRequests;

/// <summary>Which proposals are new, and what is to be said of the others. Made by a pure function.</summary>
/// <param name="New">Proposals to push.</param>
/// <param name="Known">What is said of the others.</param>
internal sealed record ProposalDecision(IReadOnlyList<Proposal> New, IReadOnlyList<IncidentSuggestion> Known)
{
    /// <summary>Decides.</summary>
    /// <param name="proposals">What the incident suggests for the runbook as it is on the base branch.</param>
    /// <param name="branch">The branch of proposals.</param>
    /// <param name="state">How things stand.</param>
    public static ProposalDecision Make(IReadOnlyList<Proposal> proposals, string branch, PullRequestState state)
    {
        var fresh = new List<Proposal>();
        var known = new List<IncidentSuggestion>();
        foreach (var proposal in proposals)
        {
            if (state.IsTakenOver)
            {
                known.Add(Suggestion(proposal, SuggestionState.Open, branch, state.Head,
                    $"Somebody has pushed to {branch}. It is theirs now and is left alone; this proposal is not on it."));
            }
            else if (state.Open.Contains(proposal.Id))
            {
                known.Add(Suggestion(proposal, SuggestionState.Open, branch, state.Head));
            }
            else if (state.Declined.Contains(proposal.Id))
            {
                known.Add(Suggestion(proposal, SuggestionState.Closed, branch, null, $"{branch} was deleted: that was a no, and it is not proposed again."));
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
