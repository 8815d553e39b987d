using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>What happens when a run does not get on by itself: an approval is not given in time, a step says onFailure: Escalate, or time is up.</summary>
[Rules<EscalationRules>]
public sealed record RunbookEscalation
{
    /// <summary>How long after its start a run escalates if it has not ended. Without it a run escalates only for the other reasons.</summary>
    public Duration? After { get; init; }

    /// <summary>Runbook in this namespace that goes on. The run ends as Escalated.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public string? Runbook { get; init; }

    /// <summary>Channels that are told: names of Secrets with the label runbooks.dev/channel.</summary>
    [Items(Limits.List, Minimum = 1, Set = true), Text(Limits.Subdomain, Minimum = 1)]
    public List<string>? Notify { get; init; }
}

/// <summary>How often runs may start, and what becomes of two at once. Runs that a person starts are not counted.</summary>
public sealed record RunbookConcurrency
{
    /// <summary>What happens if a run of the same incident is still under way. Forbid starts no other. Replace aborts the one before. Allow
    /// starts another beside it. Defaults to Forbid.</summary>
    [Default("\"Forbid\"")]
    public ConcurrencyPolicy? Policy { get; init; }

    /// <summary>How long after the start of a run in one incident the next may start. Defaults to 10m.</summary>
    [Default("\"10m\"")]
    public Duration? Cooldown { get; init; }

    /// <summary>How many runs may start in an hour, over all incidents. Defaults to 6.</summary>
    [Range(1, Limits.Rate), Default("6")]
    public int? MaxPerHour { get; init; }
}

/// <summary>What happens if a run is still under way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConcurrencyPolicy>))]
public enum ConcurrencyPolicy
{
    /// <summary>No other starts.</summary>
    Forbid,

    /// <summary>The one before is aborted.</summary>
    Replace,

    /// <summary>Both run.</summary>
    Allow,
}

/// <summary>How many finished runs are kept. Older ones go with their approvals, never while their incident is open.</summary>
public sealed record RunbookHistory
{
    /// <summary>Runs kept that succeeded. Defaults to 20.</summary>
    [Range(0, Limits.History), Default("20")]
    public int? Succeeded { get; init; }

    /// <summary>Runs kept that ended without success. Defaults to 50.</summary>
    [Range(0, Limits.History), Default("50")]
    public int? Failed { get; init; }
}

/// <summary>One environment variable of a command: a value, or a key of a Secret.</summary>
[Rules<EnvironmentRules>]
public sealed record EnvironmentVariable
{
    /// <summary>Name of the variable.</summary>
    [Text(Limits.Subdomain, Minimum = 1, Pattern = "^[A-Za-z_][A-Za-z0-9_]*$")]
    public required string Name { get; init; }

    /// <summary>The value, as it is.</summary>
    [Text(Limits.Value)]
    public string? Value { get; init; }

    /// <summary>Key of a Secret that holds the value. The Secret carries the label runbooks.dev/use: steps, for a safe step safe-steps.</summary>
    public SecretKeyReference? SecretKeyRef { get; init; }
}
