using RunbookOperator.Api;
using RunbookOperator.Policies;

namespace RunbookOperator.Executions;

/// <summary>Decides what a run does next. Pure: the same input gives the same decision, whoever asks and however often.</summary>
public static class Planner
{
    /// <summary>The next decision. Unless it is a request to look closer, its status is to be stored before its request is done.</summary>
    public static Decision Decide(PlannerInput input) => new PlannerPass(input).Decide();

    /// <summary>The end of a run whose runbook is not there, is not what its snapshot says, or may not be read.</summary>
    public static Decision WithoutRunbook(RunbookExecution execution, RunbookExecutionStatus status, string problem, DateTimeOffset now) =>
        new PlannerPass(new PlannerInput
        {
            Execution = execution,
            Runbook = new RunbookSpec { Title = "", Steps = [] },
            Revision = "",
            Status = status with { StartedAt = status.StartedAt ?? now },
            Observed = Observed.Nothing,
            Policy = EffectivePolicy.BuiltIn,
            Now = now,
        }).Fail(Reasons.RunbookNotFound, problem);
}
