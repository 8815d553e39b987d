using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>Where the incident stands.</summary>
public sealed record IncidentStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Open while an alert fires; Mitigated when all have resolved; Resolved when that has lasted and no run is under way. May grow.</summary>
    [Text(Limits.Label)]
    public string? Phase { get; init; }

    /// <summary>Service it is about.</summary>
    [Text(Limits.Line)]
    public string? Service { get; init; }

    /// <summary>Runbook that was found for it.</summary>
    [Text(Limits.Subdomain)]
    public string? Runbook { get; init; }

    /// <summary>Runbook whose run acted last before the alerts cleared.</summary>
    [Text(Limits.Subdomain)]
    public string? RunbookUsed { get; init; }

    /// <summary>Whether no runbook matches.</summary>
    public bool? Unmatched { get; init; }

    /// <summary>Fingerprint of the earliest firing alert of the most upstream service, else of the earliest alert.</summary>
    [Text(Limits.Line)]
    public string? RootAlert { get; init; }

    /// <summary>What changed lately in what the alerts name: rollouts, images, configuration.</summary>
    [Items(Limits.List)]
    public List<RecentChange>? RecentChanges { get; init; }

    /// <summary>When the first alert began to fire.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When somebody first acted on it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When the last alert resolved, once that has lasted.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>From openedAt to acknowledgedAt.</summary>
    [Text(Duration.MaximumLength)]
    public string? TimeToAcknowledge { get; init; }

    /// <summary>From openedAt to resolvedAt.</summary>
    [Text(Duration.MaximumLength)]
    public string? TimeToResolve { get; init; }

    /// <summary>Names of the runs, oldest first.</summary>
    [Items(Limits.LongList), Text(Limits.Subdomain)]
    public List<string>? Executions { get; init; }

    /// <summary>Proposals made from it.</summary>
    [Items(Limits.List)]
    public List<IncidentSuggestion>? Suggestions { get; init; }

    /// <summary>What happened, oldest first: the newest 200 entries.</summary>
    [Items(Limits.Timeline)]
    public List<TimelineEntry>? Timeline { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}
