using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What the operator found out about the runbook.</summary>
public sealed record RunbookStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Where the runbook comes from, if from Git.</summary>
    public RunbookSource? Source { get; init; }

    /// <summary>Hash of the spec. An unrelated commit does not change it.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }

    /// <summary>Risk of each step.</summary>
    [Items(Limits.Steps, Key = "name")]
    public List<StepRisk>? Risks { get; init; }

    /// <summary>Safe, caution and dangerous steps, as 4/3/1.</summary>
    [Text(Limits.Label)]
    public string? RiskSummary { get; init; }

    /// <summary>Hash of the rule set that judged the steps.</summary>
    [Text(Limits.Label)]
    public string? Classifier { get; init; }

    /// <summary>The mode that holds: spec.mode, or lower after a failed autopilot run, until spec.mode is set anew.</summary>
    [Text(Limits.Label)]
    public string? EffectiveMode { get; init; }

    /// <summary>What the runbook names and is no longer there.</summary>
    public RunbookStaleness? Staleness { get; init; }

    /// <summary>Numbers from the runs still kept; dry runs and drills do not count.</summary>
    public RunbookStatistics? Statistics { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(Limits.Conditions, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Where a runbook comes from.</summary>
public sealed record RunbookSource
{
    /// <summary>The RunbookRepository.</summary>
    [Text(Limits.Subdomain)]
    public required string Repository { get; init; }

    /// <summary>Path of the file.</summary>
    [Text(Limits.Address)]
    public required string File { get; init; }

    /// <summary>Commit in which this file last changed.</summary>
    [Text(Limits.Label)]
    public required string Commit { get; init; }
}

/// <summary>Risk of one step.</summary>
public sealed record StepRisk
{
    /// <summary>Name of the step.</summary>
    [Text(Limits.Name)]
    public required string Name { get; init; }

    /// <summary>safe, caution or dangerous.</summary>
    [Text(RiskNames.MaximumLength)]
    public required string Risk { get; init; }

    /// <summary>Why the step has this risk, the worst first.</summary>
    [Items(Limits.StepReasons), Text(Limits.Line)]
    public List<string>? Reasons { get; init; }
}

/// <summary>What the runbook names and is no longer there.</summary>
public sealed record RunbookStaleness
{
    /// <summary>When the findings last changed.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>How many problems there are, with those beyond the list.</summary>
    public int Count { get; init; }

    /// <summary>The problems, one sentence each.</summary>
    [Items(Limits.List), Text(Limits.Line)]
    public List<string>? Problems { get; init; }
}
