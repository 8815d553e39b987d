namespace RunbookOperator.Api;

/// <summary>What became of the decision.</summary>
public sealed record RunbookApprovalStatus
{
    /// <summary>Counted, Void or Refused.</summary>
    [Text(Limits.Label)]
    public string? State { get; init; }

    /// <summary>Why the decision has this state.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }
}

/// <summary>What became of a decision.</summary>
public static class ApprovalState
{
    /// <summary>It was used.</summary>
    public const string Counted = "Counted";

    /// <summary>What it was about has changed, or is over.</summary>
    public const string Void = "Void";

    /// <summary>The person may not decide this, or the seal is wrong.</summary>
    public const string Refused = "Refused";
}
