namespace RunbookOperator.Api;

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

/// <summary>A command that a person ran besides the runbook.</summary>
public sealed record IncidentCommand
{
    /// <summary>The command.</summary>
    [Text(Limits.Note, Minimum = 1)]
    public required string Command { get; init; }

    /// <summary>Who wrote it down; stamped by the operator.</summary>
    [Text(Limits.Line)]
    public string? User { get; init; }

    /// <summary>When it was written down; stamped by the operator.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What was learnt, in the words of those who were there.</summary>
public sealed record IncidentAnnotation
{
    /// <summary>What was seen.</summary>
    [Text(Limits.Paragraph)]
    public string? Symptoms { get; init; }

    /// <summary>What was behind it.</summary>
    [Text(Limits.Paragraph)]
    public string? Cause { get; init; }

    /// <summary>What helped.</summary>
    [Text(Limits.Paragraph)]
    public string? Fix { get; init; }

    /// <summary>What the runbook lacked.</summary>
    [Text(Limits.Paragraph)]
    public string? Gaps { get; init; }
}
