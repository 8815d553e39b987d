using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <content>A dry run: every step is looked at, none acts and nobody is asked. What would have been waited for is told.</content>
internal sealed partial class PlannerPass
{
    private const string Says = "dry run: ";

    // Actions that are about the run itself: they hand over to others, or wait.
    private const string OfTheRun = "runbooks/";

    private bool IsDryRun => _input.Execution.Spec.DryRun == true;

    private void Rehearse(RunbookStep step, StepStatus known, PreparedStep prepared)
    {
        if (prepared.Problem is { Reason: Reasons.MissingParameter } missing)
        {
            Put(Skipped(known, $"{Says}not checked, {missing.Message}: a dry run runs no command that would give it"));
        }
        else if (prepared.Problem is { } problem)
        {
            Put(known with { StartedAt = Now });
            Fail(step, problem.Reason, Says + problem.Message, NotDone(step, known));
        }
        else if (Done(step) || step.Runbook is not null || step.Uses?.StartsWith(OfTheRun, StringComparison.Ordinal) == true)
        {
            Put(known with
            {
                State = StepState.Succeeded, StartedAt = Now, FinishedAt = Now, Rollback = null, Command = Cut(known.Command), Message = Would(step, prepared),
            });
            Audit(Defaults.Operator, "looked at (dry run)", step.Name, prepared.Digest);
        }
        else
        {
            Intend(step, known, prepared);
            Put(Of(step)! with { Message = Would(step, prepared) });
        }
    }

    private string Would(RunbookStep step, PreparedStep prepared)
    {
        var hold = HoldOf(step, prepared) is { } held ? $"; now {held.Message}" : "";
        var unknown = IsUnknownYet(step) ? "; whether its conditions hold is known only in earnest" : "";
        var stops = step.Breakpoint == true ? ", after its breakpoint" : "";
        return Variables.Clean($"{Says}{What(step, prepared)}{stops}{hold}{unknown}", Limits.Message);
    }

    private string What(RunbookStep step, PreparedStep prepared)
    {
        if (Done(step))
        {
            return "a person would do this";
        }

        var what = step.Runbook is { } other ? $"would start a run of {other}" : $"would run as {prepared.ServiceAccount}";
        if (RunsByItself(step, prepared))
        {
            return what + " by itself";
        }

        var approvals = ApprovalsOf(prepared);
        var people = Math.Max(approvals.Required.Value, 1);
        var typed = approvals.TypedConfirmation.Value ? $", who type \"{prepared.Confirm ?? step.Name}\"" : "";
        return $"{what} once {(people == 1 ? "1 person approves" : $"{people} people approve")}{typed}";
    }

    // A condition about the output of a command that a dry run does not run.
    private bool IsUnknownYet(RunbookStep step) => IsDryRun
        && (step.When ?? []).SelectMany(condition => (IEnumerable<WhenComparison>?)condition.Any ?? [condition]).Any(condition => condition.Variable is { } name && !_variables.ContainsKey(name)
            && _input.Runbook.Steps.Exists(other => other.Outputs?.Exists(output => output.Name == name) == true));

    private Decision EndRehearsal()
    {
        var failed = _steps.Where(step => step.State == StepState.Failed).Select(step => step.Name).ToList();
        var skipped = _steps.Count(step => step.State == StepState.Skipped);
        var well = _steps.Count - failed.Count - skipped;
        var told = $"{(well == 1 ? "1 step" : $"{well} steps")} would run as far as can be told, {skipped} skipped; nothing was changed";
        return failed.Count == 0
            ? End(ExecutionPhase.Succeeded, Reasons.DryRunSucceeded, Says + told)
            : End(ExecutionPhase.Failed, Reasons.StepFailed, Variables.Clean($"{Says}would fail: {string.Join(", ", failed)}; {told}", Limits.Message));
    }
}
