namespace RunbookOperator.Api;

/// <summary>The audit trail of a run.</summary>
public sealed record AuditTrail
{
    /// <summary>HMAC over all entries, each over the one before.</summary>
    [Text(80)]
    public string? Head { get; init; }

    /// <summary>The entries, oldest first.</summary>
    [Items(Limits.AuditEntries)]
    public List<AuditEntry>? Entries { get; init; }
}

/// <summary>One decision or act.</summary>
public sealed record AuditEntry
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a person, or the operator.</summary>
    [Text(Limits.Line)]
    public required string Actor { get; init; }

    /// <summary>What happened.</summary>
    [Text(Limits.Line)]
    public required string What { get; init; }

    /// <summary>Step it is about.</summary>
    [Text(Limits.Name)]
    public string? Step { get; init; }

    /// <summary>Digest of what was decided on.</summary>
    [Text(80)]
    public string? Digest { get; init; }
}
