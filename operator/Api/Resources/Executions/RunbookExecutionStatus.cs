using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>Where the run stands.</summary>
public sealed record RunbookExecutionStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Pending, Running, WaitingForApproval, Paused, RollingBack, Succeeded, Failed, RolledBack, Aborted or Escalated. For people;
    /// conditions are the truth. May grow.</summary>
    [Text(Limits.Label)]
    public string? Phase { get; init; }

    /// <summary>The first step that waits for a person, else the first that runs, as 5/8:bounce.</summary>
    [Text(Limits.Label)]
    public string? Step { get; init; }

    /// <summary>Risk of the step that is named under step.</summary>
    [Text(RiskNames.MaximumLength)]
    public string? Risk { get; init; }

    /// <summary>Since when a person is awaited.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Step that acted last before the alert cleared.</summary>
    [Text(Limits.Name)]
    public string? ResolvedBy { get; init; }

    /// <summary>Who approved, separated by commas; for people.</summary>
    [Text(Limits.Line)]
    public string? ApprovedBy { get; init; }

    /// <summary>When it was time to escalate.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>Run that goes on in place of this one.</summary>
    [Text(Limits.Subdomain)]
    public string? EscalatedTo { get; init; }

    /// <summary>What the run that this one goes on from has tried, a line for each step.</summary>
    [Items(Limits.Steps), Text(Limits.Line)]
    public List<string>? Tried { get; init; }

    /// <summary>ControllerRevision that holds the runbook as it was when the run began.</summary>
    [Text(Limits.Subdomain)]
    public string? Snapshot { get; init; }

    /// <summary>Revision of the runbook that is run.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }

    /// <summary>Parameters and outputs.</summary>
    [Items(Limits.Variables), Text(Limits.Value)]
    public Dictionary<string, string>? Variables { get; init; }

    /// <summary>The steps that have been looked at, in order.</summary>
    [Items(Limits.Steps, Key = "name")]
    public List<StepStatus>? Steps { get; init; }

    /// <summary>Why and since when the run goes back.</summary>
    public RollbackStatus? Rollback { get; init; }

    /// <summary>Every decision and act.</summary>
    public AuditTrail? Audit { get; init; }

    /// <summary>Succeeded (Unknown, True, False) and Completed (True however it ended).</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}
