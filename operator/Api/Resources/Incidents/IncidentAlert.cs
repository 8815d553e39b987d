namespace RunbookOperator.Api;

/// <summary>One alert.</summary>
public sealed record IncidentAlert
{
    /// <summary>Identifies the alert: a hash of its labels, by its source.</summary>
    [Text(Limits.Line)]
    public required string Fingerprint { get; init; }

    /// <summary>The alert's labels.</summary>
    [Items(Limits.AlertLabels), Text(Limits.AlertBytes)]
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The alert's annotations.</summary>
    [Items(Limits.AlertLabels), Text(Limits.AlertBytes)]
    public Dictionary<string, string>? Annotations { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it resolved; absent while it fires.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Who sent it, as kind/secret.</summary>
    [Text(Limits.Line)]
    public string? Source { get; init; }
}
