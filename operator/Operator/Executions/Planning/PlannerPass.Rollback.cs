using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>Undoing. It is due when nothing runs, and goes back in order of finishing.</content>
internal sealed partial class PlannerPass
{
    // No runbook and no run that asks for it gets here: both fields are refused.
    private Decision RollBack(Halt halt) => End(ExecutionPhase.Failed, halt.Reason, halt.Message);
}
