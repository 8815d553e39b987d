using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What became of the suggestion.</summary>
public sealed record RunbookSuggestionStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Proposed: not handed over yet. Open: people look at it. Merged. Closed: somebody said no, and the same is not proposed again
    /// without new evidence. Superseded: another one says it better.</summary>
    [Text(Limits.Label)]
    public string? State { get; init; }

    /// <summary>Where it was handed over.</summary>
    public SuggestionPullRequest? PullRequest { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Where a suggestion was handed over.</summary>
public sealed record SuggestionPullRequest
{
    /// <summary>Number of the pull request; absent where a branch is all there is.</summary>
    public long? Number { get; init; }

    /// <summary>Its address.</summary>
    [Text(Limits.Address)]
    public string? Url { get; init; }

    /// <summary>Branch that was pushed.</summary>
    [Text(Limits.Line)]
    public string? Branch { get; init; }

    /// <summary>Commit that was pushed last.</summary>
    [Text(Limits.Label)]
    public string? Commit { get; init; }
}
