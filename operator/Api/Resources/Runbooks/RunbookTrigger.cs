using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>One thing that starts a run: alerts that matchers fit, or alerts that link to this runbook.</summary>
[Rules<TriggerRules>]
public sealed record RunbookTrigger
{
    /// <summary>An alert that the matchers fit.</summary>
    public AlertTrigger? Alert { get; init; }

    /// <summary>An alert whose annotation runbook_url ends in this runbook's name. Only true; leave it out otherwise.</summary>
    [JsonPropertyName("runbookURL")]
    public bool? RunbookUrl { get; init; }
}

/// <summary>Which alerts.</summary>
public sealed record AlertTrigger
{
    /// <summary>Matchers in Alertmanager's syntax, such as alertname="X" or severity=~"warning|critical"; all must fit. Expressions are RE2 and
    /// mean the whole value.</summary>
    [Items(Limits.List, Minimum = 1), Text(Limits.Expression, Minimum = 1)]
    public required List<string> Matchers { get; init; }
}
