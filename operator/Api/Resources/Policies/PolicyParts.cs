namespace RunbookOperator.Api;

/// <summary>What is allowed and what is not. What is denied is denied, whoever allows it.</summary>
public sealed record PolicyNames
{
    /// <summary>Names that are allowed; a star stands for any text. Absent: all. An empty list allows none.</summary>
    [Items(Limits.LongList, Set = true), Text(Limits.Label, Minimum = 1, Pattern = Patterns.NameWithStars)]
    public List<string>? Allow { get; init; }

    /// <summary>Names that are not allowed; a star stands for any text.</summary>
    [Items(Limits.LongList, Set = true), Text(Limits.Label, Minimum = 1, Pattern = Patterns.NameWithStars)]
    public List<string>? Deny { get; init; }
}

/// <summary>What a site knows of one of its programs.</summary>
public sealed record PolicyProgram
{
    /// <summary>Name of the program, as commands call it.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[A-Za-z0-9_][A-Za-z0-9._+-]*$")]
    public required string Name { get; init; }

    /// <summary>Subcommands that this is about, such as get or config view. Absent: the program whatever it is told.</summary>
    [Items(Limits.LongList, Minimum = 1, Set = true), Text(Limits.Label, Minimum = 1)]
    public List<string>? Subcommands { get; init; }

    /// <summary>Its risk: safe, caution or dangerous.</summary>
    [Text(RiskNames.MaximumLength, Values = [RiskNames.Safe, RiskNames.Caution, RiskNames.Dangerous])]
    public required string Risk { get; init; }

    /// <summary>Why the program has this risk, as approvers read it.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Reason { get; init; }
}

/// <summary>How much may happen.</summary>
public sealed record PolicyLimits
{
    /// <summary>Runs that may start in an hour, in a namespace. Built-in: no limit.</summary>
    [Range(1, Limits.HighRate)]
    public int? ExecutionsPerHour { get; init; }

    /// <summary>The most replicas that a typed action sets. Built-in: no limit.</summary>
    [Range(0, Limits.HighRate)]
    public int? MaximumReplicas { get; init; }

    /// <summary>Steps of one run that may be under way at once. Built-in: 4.</summary>
    [Range(1, Limits.Steps)]
    public int? StepsInParallel { get; init; }
}

/// <summary>A time that comes again, in which steps above a risk wait.</summary>
public sealed record PolicyFreeze
{
    /// <summary>When it begins: five fields of cron, minute, hour, day of month, month, day of week, such as 0 18 * * 5.</summary>
    [Text(Limits.Line, Minimum = 9, Pattern = "^[0-9A-Za-z*/,?-]+( [0-9A-Za-z*/,?-]+){4}$")]
    public required string Schedule { get; init; }

    /// <summary>Time zone of the schedule, by its IANA name, such as Europe/Berlin. Defaults to UTC.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$")]
    public string? TimeZone { get; init; }

    /// <summary>How long it lasts.</summary>
    public required Duration Duration { get; init; }

    /// <summary>The highest risk that still runs: safe or caution. Defaults to safe.</summary>
    [Text(RiskNames.MaximumLength, Values = [RiskNames.Safe, RiskNames.Caution])]
    public string? Allow { get; init; }
}

/// <summary>Which alerts belong together.</summary>
public sealed record PolicyCorrelation
{
    /// <summary>How long after its end an incident takes up alerts of its key again. The shortest of all policies holds. Built-in: 15m.</summary>
    public Duration? Window { get; init; }

    /// <summary>How long all alerts of an incident must have been resolved before it counts. The longest of all policies holds. Built-in: 2m.</summary>
    public Duration? Settle { get; init; }
}
