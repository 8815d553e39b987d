using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;
using RunbookOperator.Runtime;

namespace RunbookOperator.PullRequests;

/// <summary>Where a suggestion stands. Pure.</summary>
internal static class SuggestionSummary
{
    /// <summary>The status of a suggestion in a state.</summary>
    /// <param name="suggestion">The suggestion.</param>
    /// <param name="state">One of <see cref="SuggestionState"/>.</param>
    /// <param name="pullRequest">Where it was handed over; null if nothing is new of that.</param>
    /// <param name="now">The time.</param>
    public static RunbookSuggestionStatus Of(RunbookSuggestion suggestion, string state, SuggestionPullRequest? pullRequest, DateTimeOffset now)
    {
        var (generation, before) = (suggestion.Metadata.Generation, suggestion.Status);
        var (reason, message) = Words(state, pullRequest ?? before?.PullRequest);
        var answered = IsAnswered(state);
        var conditions = Conditions.Set(
            before?.Conditions, ConditionTypes.Ready, answered ? ConditionStatus.True : ConditionStatus.False, reason, message, generation, now);
        return (before ?? new RunbookSuggestionStatus()) with
        {
            ObservedGeneration = generation,
            State = state,
            PullRequest = pullRequest ?? before?.PullRequest,
            Conditions = answered
                ? Conditions.Remove(conditions, ConditionTypes.Reconciling)
                : Conditions.Set(conditions, ConditionTypes.Reconciling, ConditionStatus.True, reason, message, generation, now),
        };
    }

    /// <summary>Whether people have answered.</summary>
    public static bool IsAnswered(string? state) => state is SuggestionState.Merged or SuggestionState.Closed or SuggestionState.Superseded;

    /// <summary>What became of an open suggestion, from how things stand in the repository.</summary>
    public static string Outcome(RunbookSuggestion suggestion, PullRequestState state) =>
        state.IsTakenOver || state.Open.Contains(SuggestionDraft.Id(suggestion.Metadata.Name!)) ? SuggestionState.Open
        : suggestion.Spec.Patch is { } patch && UnifiedDiff.IsIn(patch, state.Content) ? SuggestionState.Merged
        : SuggestionState.Closed;

    private static (string Reason, string Message) Words(string state, SuggestionPullRequest? pullRequest) => state switch
    {
        SuggestionState.Open => (Reasons.PullRequestOpened, $"people look at it on {pullRequest?.Branch}"),
        SuggestionState.Merged => (Reasons.PullRequestMerged, "somebody said yes: the change is in the repository"),
        SuggestionState.Closed => (Reasons.PullRequestClosed, "somebody said no: it is not proposed again"),
        SuggestionState.Superseded => (Reasons.PullRequestClosed, "another one says it better"),
        _ => (Reasons.Progressing, "it is not handed over yet"),
    };
}
