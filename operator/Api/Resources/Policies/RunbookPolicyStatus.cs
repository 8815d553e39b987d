using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What came of the policy.</summary>
public sealed record RunbookPolicyStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>What holds where this policy counts, and which policy says so.</summary>
    [Items(Limits.Answers, Key = "field")]
    public List<PolicyAnswer>? Effective { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>One answer, and where it comes from.</summary>
public sealed record PolicyAnswer
{
    /// <summary>Field of spec that is answered, such as approvals.caution.required.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Field { get; init; }

    /// <summary>What holds, as text.</summary>
    [Text(Limits.Message)]
    public required string Value { get; init; }

    /// <summary>Policy that says so, as namespace/name; built-in if none does.</summary>
    [Text(Limits.Subdomain + Limits.Label + 1)]
    public required string Policy { get; init; }
}
