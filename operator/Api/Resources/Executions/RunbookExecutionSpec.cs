using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>Which runbook, why, and with which values. Only desiredState may change.</summary>
[Rules<ExecutionSpecRules>]
public sealed record RunbookExecutionSpec
{
    /// <summary>The runbook, in the same namespace.</summary>
    public required ExecutionRunbook Runbook { get; init; }

    /// <summary>The incident it is about, in the same namespace.</summary>
    [Text(Limits.Subdomain)]
    public string? Incident { get; init; }

    /// <summary>What started it.</summary>
    public required ExecutionTrigger Trigger { get; init; }

    /// <summary>Values of the runbook's parameters.</summary>
    [Items(Limits.Parameters), Text(Limits.Value)]
    public Dictionary<string, string>? Parameters { get; init; }

    /// <summary>How far the operator goes by itself in this run; never above the runbook's own mode. Defaults to ReadAlong.</summary>
    [Default("\"ReadAlong\"")]
    public RunbookMode Mode { get; init; }

    /// <summary>Whether everything is done but acting. Typed actions ask the API server with dryRun=All; commands are checked and not run. Needs
    /// no approvals and counts in no statistics. Defaults to false.</summary>
    public bool? DryRun { get; init; }

    /// <summary>Names of steps before which the run pauses, besides those that say breakpoint themselves.</summary>
    [Items(Limits.Steps, Set = true), Text(Limits.Name, Minimum = 1)]
    public List<string>? Breakpoints { get; init; }

    /// <summary>What is wanted of the run: Running, Paused (start nothing more for now), Aborted (start nothing more, for good) or RolledBack
    /// (undo what was done, while the run lives). Defaults to Running.</summary>
    [Default("\"Running\"")]
    public DesiredState? DesiredState { get; init; }
}

/// <summary>The runbook of a run.</summary>
public sealed record ExecutionRunbook
{
    /// <summary>Name of the runbook.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public required string Name { get; init; }

    /// <summary>Revision it must have; a run of another one fails. Absent takes what is there when the run starts.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }
}

/// <summary>What started a run.</summary>
[Rules<ExecutionTriggerRules>]
public sealed record ExecutionTrigger
{
    /// <summary>Manual for a run that a person started, Drill for a person's dry run with an invented alert. Alert, Escalation, Child and
    /// Rollback are for the operator alone.</summary>
    public required TriggerType Type { get; init; }

    /// <summary>The person who started it; stamped by the operator from the authenticated request.</summary>
    [Text(Limits.Line)]
    public string? User { get; init; }

    /// <summary>Run in the same namespace that this one goes on from: of an escalation, a child run or a rollback.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? Parent { get; init; }
}

/// <summary>What started a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerType>))]
public enum TriggerType
{
    /// <summary>An alert; only the operator may say so.</summary>
    Alert,

    /// <summary>A person.</summary>
    Manual,

    /// <summary>Another run that did not get on.</summary>
    Escalation,

    /// <summary>A step of another run.</summary>
    Child,

    /// <summary>Somebody who wants an ended run undone.</summary>
    Rollback,

    /// <summary>A person who practises.</summary>
    Drill,
}

/// <summary>What is wanted of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DesiredState>))]
public enum DesiredState
{
    /// <summary>Go on.</summary>
    Running,

    /// <summary>Start nothing more for now.</summary>
    Paused,

    /// <summary>Start nothing more; what runs may finish. Final.</summary>
    Aborted,

    /// <summary>Undo what was done.</summary>
    RolledBack,
}
