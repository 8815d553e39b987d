namespace RunbookOperator.Executions;

/// <summary>What holds where a runbook says nothing. The schema fills in the same values; objects from before it did have these.</summary>
public static class Defaults
{
    /// <summary>How long a run may take.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromHours(24);

    /// <summary>How long a step may run.</summary>
    public static TimeSpan StepTimeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a check may take to succeed.</summary>
    public static TimeSpan VerifyWithin { get; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait before a failed step is tried again for the first time; each later wait is twice as long.</summary>
    public static TimeSpan Backoff { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a run that cannot begin yet is looked at again, where nobody tells.</summary>
    public static TimeSpan AskAgain { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How many runs of a runbook alerts may start in an hour.</summary>
    public const int RunsPerHour = 6;

    /// <summary>How long after the start of a run the next one of the same incident may start.</summary>
    public static TimeSpan Cooldown { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Who acts where no person does, in the audit trail.</summary>
    public const string Operator = "runbook-operator";
}
