namespace RunbookOperator.Api;

/// <summary>The phases of a run.</summary>
public static class ExecutionPhase
{
    /// <summary>Nothing has started.</summary>
    public const string Pending = "Pending";

    /// <summary>A step runs.</summary>
    public const string Running = "Running";

    /// <summary>A person is awaited.</summary>
    public const string WaitingForApproval = "WaitingForApproval";

    /// <summary>A person asked to start nothing more for now.</summary>
    public const string Paused = "Paused";

    /// <summary>What was done is being undone.</summary>
    public const string RollingBack = "RollingBack";

    /// <summary>Every step that was to be done is done.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>A step failed, a person said no, or time ran out.</summary>
    public const string Failed = "Failed";

    /// <summary>What was done is undone.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>A person ended it.</summary>
    public const string Aborted = "Aborted";

    /// <summary>Another run goes on.</summary>
    public const string Escalated = "Escalated";

    /// <summary>Whether <paramref name="phase"/> is an end.</summary>
    public static bool IsFinal(string? phase) => phase is Succeeded or Failed or RolledBack or Aborted or Escalated;
}

/// <summary>The states of a step.</summary>
public static class StepState
{
    /// <summary>Not reached yet.</summary>
    public const string Pending = "Pending";

    /// <summary>A person is awaited.</summary>
    public const string Waiting = "Waiting";

    /// <summary>An attempt is recorded and may have begun.</summary>
    public const string Running = "Running";

    /// <summary>Done.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Tried in vain.</summary>
    public const string Failed = "Failed";

    /// <summary>Not done, for a reason.</summary>
    public const string Skipped = "Skipped";

    /// <summary>Done, and undone.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>It may have happened; a person decides.</summary>
    public const string Unknown = "Unknown";

    /// <summary>Whether <paramref name="state"/> lets the next step start.</summary>
    public static bool IsFinal(string? state) => state is Succeeded or Failed or Skipped or RolledBack;
}
