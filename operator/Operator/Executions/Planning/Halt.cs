namespace RunbookOperator.Executions;

/// <summary>Why nothing more starts. What runs may finish; then the run ends this way.</summary>
/// <param name="Kind">How it ends.</param>
/// <param name="Reason">One of <see cref="Api.Reasons"/>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Runbook">The runbook that goes on; null for that of the runbook's escalation.</param>
internal sealed record Halt(HaltKind Kind, string Reason, string Message, string? Runbook = null);

/// <summary>How a run that starts nothing more ends.</summary>
internal enum HaltKind
{
    /// <summary>It fails.</summary>
    Stop,

    /// <summary>A person ended it.</summary>
    Abort,

    /// <summary>What was done is undone first.</summary>
    RollBack,

    /// <summary>Another run goes on.</summary>
    Escalate,
}
