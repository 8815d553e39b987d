using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>Alerts that belong together, what was done about them, and what was learnt.</summary>
[CustomResource("incidents", ShortNames = ["inc"], Categories = ["runbooks-dev", "oncall"])]
[PrinterColumn("SERVICE", ".status.service")]
[PrinterColumn("SEVERITY", ".spec.severity")]
[PrinterColumn("PHASE", ".status.phase")]
[PrinterColumn("ALERTS", ".spec.alertCount", Type = "integer")]
[PrinterColumn("RUNBOOK", ".status.runbook")]
[PrinterColumn("ASSIGNEE", ".spec.assignee")]
[PrinterColumn("TTR", ".status.timeToResolve")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[SelectableField(".status.phase")]
[SelectableField(".status.service")]
public sealed record Incident : CustomResource<IncidentSpec, IncidentStatus>, IKubernetesObject<Incident>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(Incident), "incidents");

    /// <inheritdoc/>
    public override string? Kind { get; init; } = nameof(Incident);
}

/// <summary>The alerts, and what people say about them.</summary>
public sealed record IncidentSpec
{
    /// <summary>What the alerts have in common: the label runbooks.dev/incident, else service or app and the namespace, else Alertmanager's group key.</summary>
    [Text(Limits.Paragraph)]
    public required string Key { get; init; }

    /// <summary>Service that the alerts name, if any.</summary>
    [Text(Limits.Line)]
    public string? Service { get; init; }

    /// <summary>The newest 100 alerts.</summary>
    [Items(Limits.Alerts)]
    public List<IncidentAlert>? Alerts { get; init; }

    /// <summary>How many different alerts there have been.</summary>
    public int AlertCount { get; init; }

    /// <summary>What the incident is called.</summary>
    [Text(Limits.Line)]
    public string? Title { get; init; }

    /// <summary>How bad it is: at first the severity of its worst alert.</summary>
    [Text(Limits.Label)]
    public string? Severity { get; init; }

    /// <summary>Who takes care of it.</summary>
    [Text(Limits.Line)]
    public string? Assignee { get; init; }

    /// <summary>Whether somebody has seen it.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>Remarks, oldest first. The list only grows.</summary>
    [Items(Limits.Notes)]
    public List<IncidentNote>? Notes { get; init; }
}

/// <summary>One alert.</summary>
public sealed record IncidentAlert
{
    /// <summary>Identifies the alert: a hash of its labels, by its source.</summary>
    [Text(Limits.Line)]
    public required string Fingerprint { get; init; }

    /// <summary>The alert's labels.</summary>
    [Items(100), Text(Limits.AlertBytes)]
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>The alert's annotations.</summary>
    [Items(100), Text(Limits.AlertBytes)]
    public Dictionary<string, string>? Annotations { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it resolved; absent while it fires.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Who sent it, as kind/secret.</summary>
    [Text(Limits.Line)]
    public string? Source { get; init; }
}

/// <summary>A remark of a person.</summary>
public sealed record IncidentNote
{
    /// <summary>The remark.</summary>
    [Text(Limits.Note, Minimum = 1)]
    public required string Text { get; init; }

    /// <summary>A command that was run besides the runbook. It is proposed as a step when the incident is over.</summary>
    [Text(Limits.Note)]
    public string? Command { get; init; }

    /// <summary>Who wrote it; stamped by the operator.</summary>
    [Text(Limits.Line)]
    public string? User { get; init; }

    /// <summary>When it was written; stamped by the operator.</summary>
    public DateTimeOffset? At { get; init; }
}

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

    /// <summary>Whether no runbook matches.</summary>
    public bool? Unmatched { get; init; }

    /// <summary>Fingerprint of the alert that fired first.</summary>
    [Text(Limits.Line)]
    public string? RootAlert { get; init; }

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
    [Items(50), Text(Limits.Subdomain)]
    public List<string>? Executions { get; init; }

    /// <summary>Proposals made from it.</summary>
    [Items(20)]
    public List<IncidentSuggestion>? Suggestions { get; init; }

    /// <summary>What happened, oldest first: the newest 200 entries.</summary>
    [Items(Limits.Timeline)]
    public List<TimelineEntry>? Timeline { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(16, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>A proposal made from an incident.</summary>
public sealed record IncidentSuggestion
{
    /// <summary>Runbook it is about.</summary>
    [Text(Limits.Subdomain)]
    public required string Runbook { get; init; }

    /// <summary>What is proposed, such as AddStep or RemoveStep.</summary>
    [Text(Limits.Label)]
    public required string Kind { get; init; }

    /// <summary>The proposal's title.</summary>
    [Text(Limits.Line)]
    public required string Title { get; init; }

    /// <summary>Open, Closed, or Failed with the reason in message.</summary>
    [Text(Limits.Label)]
    public required string State { get; init; }

    /// <summary>Branch that was pushed.</summary>
    [Text(Limits.Line)]
    public string? Branch { get; init; }

    /// <summary>Commit that was pushed.</summary>
    [Text(Limits.Label)]
    public string? Commit { get; init; }

    /// <summary>Why it is not open.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }
}

/// <summary>One thing that happened.</summary>
public sealed record TimelineEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What, in one line.</summary>
    [Text(Limits.Line)]
    public required string What { get; init; }
}

/// <summary>The phases of an incident.</summary>
public static class IncidentPhase
{
    /// <summary>An alert fires.</summary>
    public const string Open = "Open";

    /// <summary>All alerts have resolved; that has not lasted yet, or a run is still under way.</summary>
    public const string Mitigated = "Mitigated";

    /// <summary>It is over.</summary>
    public const string Resolved = "Resolved";
}

/// <summary>The states of a proposal.</summary>
public static class SuggestionState
{
    /// <summary>It is on a branch.</summary>
    public const string Open = "Open";

    /// <summary>Somebody said no.</summary>
    public const string Closed = "Closed";

    /// <summary>It could not be made; the message says why.</summary>
    public const string Failed = "Failed";
}
