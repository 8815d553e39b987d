using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>What has to be true before a step may act. Without any policy object the built-in one holds: safe steps run by themselves, caution
/// needs one approver, dangerous needs two and the typed text.</summary>
public sealed record EffectivePolicy
{
    /// <summary>The policy that holds where none is written.</summary>
    public static EffectivePolicy BuiltIn { get; } = new();

    /// <summary>How long a decision is awaited, and how old one may be when it is used. Default 30 minutes.</summary>
    public TimeSpan ApprovalTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the person who started a run may approve its steps. Default no.</summary>
    public bool AllowSelf { get; init; }

    /// <summary>How many different people must approve a step of this risk.</summary>
    public int Required(RiskLevel risk) => risk switch
    {
        RiskLevel.Safe => 0,
        RiskLevel.Caution => 1,
        _ => 2,
    };

    /// <summary>Whether a text must be typed to approve a step of this risk.</summary>
    public bool TypedConfirmation(RiskLevel risk) => risk == RiskLevel.Dangerous;
}
