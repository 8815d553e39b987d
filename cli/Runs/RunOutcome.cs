using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Runs;

/// <summary>How a run ended. Conditions are the truth; the phase serves where they are not there.</summary>
internal static class RunOutcome
{
    /// <summary>Whether the run is over.</summary>
    public static bool IsOver(RunbookExecutionStatus? status) =>
        Find(status, ConditionTypes.Completed)?.Status == ConditionStatus.True || ExecutionPhase.IsFinal(status?.Phase);

    /// <summary>The exit code of <c>follow</c> for a run that is over.</summary>
    public static int ExitCodeOf(RunbookExecutionStatus status) => Find(status, ConditionTypes.Succeeded) switch
    {
        { Status: ConditionStatus.True } => ExitCode.Success,
        { Reason: Reasons.Rejected or Reasons.Aborted } => ExitCode.StoppedByPerson,
        _ => status.Phase switch
        {
            ExecutionPhase.Succeeded => ExitCode.Success,
            ExecutionPhase.Aborted => ExitCode.StoppedByPerson,
            _ => ExitCode.Failure,
        },
    };

    /// <summary>Why it ended so, in one sentence, or null.</summary>
    public static string? Message(RunbookExecutionStatus status) => Find(status, ConditionTypes.Succeeded)?.Message;

    private static Condition? Find(RunbookExecutionStatus? status, string type) => status?.Conditions?.Find(condition => condition.Type == type);
}
