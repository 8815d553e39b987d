namespace RunbookOperator.Api;

/// <summary>Numbers from the runs still kept; dry runs and drills do not count. Written at most once a minute.</summary>
public sealed record RunbookStatistics
{
    /// <summary>Start of the oldest run that is counted.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Runs that ended.</summary>
    public int Executions { get; init; }

    /// <summary>Runs that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Runs that ended without success.</summary>
    public int Failed { get; init; }

    /// <summary>Succeeded runs in percent, as 97%.</summary>
    [Text(8)]
    public string? SuccessRate { get; init; }

    /// <summary>Time from the start of a run to the end of its alert, half of the runs being faster.</summary>
    [Text(Duration.MaximumLength)]
    public string? MedianTimeToResolve { get; init; }

    /// <summary>How well the runbook works, from 0 to 100.</summary>
    [Range(0, 100)]
    public int? Effectiveness { get; init; }

    /// <summary>How sure that is, from 0 to 100, as of lastExecutedAt; whoever reads it later applies the decay.</summary>
    [Range(0, 100)]
    public int? Confidence { get; init; }

    /// <summary>When the last run ended.</summary>
    public DateTimeOffset? LastExecutedAt { get; init; }

    /// <summary>Runs one after the other that succeeded with nothing edited, up to the last one.</summary>
    public int? CleanStreak { get; init; }

    /// <summary>Numbers of each step.</summary>
    [Items(Limits.Steps, Key = "name")]
    public List<StepStatistics>? Steps { get; init; }
}

/// <summary>Numbers of one step.</summary>
public sealed record StepStatistics
{
    /// <summary>Name of the step.</summary>
    [Text(Limits.Name)]
    public required string Name { get; init; }

    /// <summary>How often it was executed.</summary>
    public int Executed { get; init; }

    /// <summary>How often it was skipped.</summary>
    public int Skipped { get; init; }

    /// <summary>How often it was edited before it acted.</summary>
    public int Edited { get; init; }

    /// <summary>How often it failed.</summary>
    public int Failed { get; init; }

    /// <summary>How often it was the last step that acted before the alert cleared.</summary>
    public int Resolved { get; init; }
}
