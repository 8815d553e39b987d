namespace RunbookOperator.Api;

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

    /// <summary>Why it is not open, where it is not.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }
}

/// <summary>One thing that happened.</summary>
public sealed record TimelineEntry
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in one line.</summary>
    [Text(Limits.Line)]
    public required string What { get; init; }
}

/// <summary>Something that changed before the alerts began.</summary>
public sealed record RecentChange
{
    /// <summary>When it changed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What changed, as kind/name.</summary>
    [Text(Limits.Line)]
    public required string Object { get; init; }

    /// <summary>What changed in it, in one line.</summary>
    [Text(Limits.Line)]
    public required string What { get; init; }
}
