namespace RunbookOperator.Api;

/// <summary>Who must approve steps, by their risk.</summary>
public sealed record PolicyApprovals
{
    /// <summary>Steps that only read. Built-in: nobody.</summary>
    public RiskApproval? Safe { get; init; }

    /// <summary>Steps that change what comes back. Built-in: one person.</summary>
    public RiskApproval? Caution { get; init; }

    /// <summary>Steps that may lose something, or cannot be judged. Built-in: two people, who type a text.</summary>
    public RiskApproval? Dangerous { get; init; }
}

/// <summary>Who must approve steps of one risk. Approvers must be acceptable to every policy, and have the permission of Kubernetes besides.</summary>
[Rules<RiskApprovalRules>]
public sealed record RiskApproval
{
    /// <summary>How many different people, from 0 to 5. The most of all policies holds.</summary>
    [Range(0, Limits.Approvers)]
    public int? Required { get; init; }

    /// <summary>Groups whose members may approve. With users: either is enough. Absent, with users too: whoever has the permission.</summary>
    [Items(Limits.LongList, Minimum = 1, Set = true), Text(Limits.Line, Minimum = 1)]
    public List<string>? Groups { get; init; }

    /// <summary>Users who may approve, service accounts among them, which may not unless they are named here.</summary>
    [Items(Limits.LongList, Minimum = 1, Set = true), Text(Limits.Line, Minimum = 1)]
    public List<string>? Users { get; init; }

    /// <summary>Whether the person who started a run may approve its steps. Only if all policies that say something of it say true. Built-in:
    /// false.</summary>
    public bool? AllowSelf { get; init; }

    /// <summary>Whether each approver types a text. One policy that says true is enough. Built-in: for dangerous steps.</summary>
    public bool? TypedConfirmation { get; init; }

    /// <summary>How long an approval is awaited, and how old one may be when it is used. The shortest of all policies holds. Built-in: 30m.</summary>
    public Duration? Timeout { get; init; }
}

/// <summary>What the mode Autopilot may do by itself.</summary>
public sealed record PolicyAutopilot
{
    /// <summary>The highest risk that runs without approval: safe or caution. The lowest of all policies holds. Built-in: safe.</summary>
    [Text(RiskNames.MaximumLength, Values = [RiskNames.Safe, RiskNames.Caution])]
    public string? MaximumRisk { get; init; }

    /// <summary>After how many clean runs in the mode Copilot the operator proposes Autopilot. The most of all policies holds. Built-in: 10.</summary>
    [Range(1, Limits.Rate)]
    public int? CleanRuns { get; init; }

    /// <summary>An incident over more services than this turns Autopilot off and escalates. The lowest of all policies holds. Built-in: no
    /// limit.</summary>
    [Range(1, Limits.Rate)]
    public int? MaximumServices { get; init; }
}

/// <summary>Who may decide alone in an emergency, and when somebody else looks at it.</summary>
public sealed record PolicyBreakGlass
{
    /// <summary>Groups whose members may.</summary>
    [Items(Limits.LongList, Minimum = 1, Set = true), Text(Limits.Line, Minimum = 1)]
    public required List<string> Groups { get; init; }

    /// <summary>How soon another person must have reviewed it. The shortest of all policies holds. Built-in: 24h.</summary>
    public Duration? ReviewWithin { get; init; }
}
