namespace RunbookOperator.Policies;

/// <summary>Who must approve steps of one risk.</summary>
public sealed record EffectiveApprovals
{
    /// <summary>How many different people. Default nobody.</summary>
    public Answer<int> Required { get; init; } = new(0, PolicySource.BuiltIn);

    /// <summary>Whether the person who started a run may approve its steps. Default no.</summary>
    public Answer<bool> AllowSelf { get; init; } = new(false, PolicySource.BuiltIn);

    /// <summary>Whether each approver types a text. Default no.</summary>
    public Answer<bool> TypedConfirmation { get; init; } = new(false, PolicySource.BuiltIn);

    /// <summary>How long a decision is awaited, and how old one may be when it is used. Default 30 minutes.</summary>
    public Answer<TimeSpan> Timeout { get; init; } = new(TimeSpan.FromMinutes(30), PolicySource.BuiltIn);

    /// <summary>Who may approve; each must accept. Default nothing: whoever has the permission.</summary>
    public IReadOnlyList<ApproverRule> Approvers { get; init; } = [];

    /// <summary>Why a service account may not decide, or null if a policy names it, or if it is none.</summary>
    public string? ServiceAccountObjection(string username) =>
        username.StartsWith("system:serviceaccount:", StringComparison.Ordinal) && !Approvers.Any(rule => rule.Users.Contains(username, StringComparer.Ordinal))
            ? "service accounts may not decide unless a policy names them"
            : null;

    /// <summary>Why a person is not acceptable as an approver, or null if all policies accept them.</summary>
    public string? Objection(string username, IReadOnlyCollection<string> groups) =>
        Approvers.FirstOrDefault(rule => !rule.Accepts(username, groups)) is { } refusing
            ? $"the policy {refusing.Policy} lets only {refusing} decide"
            : null;
}

/// <summary>Whom one policy accepts as approvers.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Groups">Groups whose members it accepts.</param>
/// <param name="Users">Users it accepts.</param>
public sealed record ApproverRule(string Policy, IReadOnlyList<string> Groups, IReadOnlyList<string> Users)
{
    /// <summary>Whether it accepts a person.</summary>
    public bool Accepts(string username, IReadOnlyCollection<string> groups) =>
        Users.Contains(username, StringComparer.Ordinal) || Groups.Any(group => groups.Contains(group, StringComparer.Ordinal));

    /// <summary>Such as <c>groups leads and users riley</c>.</summary>
    public override string ToString() => string.Join(" and ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Groups.Count > 0)
        {
            yield return $"groups {string.Join(", ", Groups)}";
        }

        if (Users.Count > 0)
        {
            yield return $"users {string.Join(", ", Users)}";
        }
    }
}
