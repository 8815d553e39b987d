namespace RunbookOperator.Api;

/// <summary>The alerts, and what people say about them.</summary>
[Rules<IncidentSpecRules>]
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

    /// <summary>Commands that people ran besides the runbook, oldest first. The list only grows.</summary>
    [Items(Limits.Notes)]
    public List<IncidentCommand>? Commands { get; init; }

    /// <summary>What was learnt, in the words of those who were there.</summary>
    public IncidentAnnotation? Annotation { get; init; }
}
