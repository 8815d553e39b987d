using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>What going back would undo, for the person who asks for it. Pure.</summary>
internal static class Undoing
{
    /// <summary>Refuses what can never be undone.</summary>
    /// <exception cref="CliException">There is nothing that a rollback could do.</exception>
    public static void Check(RunbookExecution run)
    {
        var name = run.Metadata.Name;
        var problem = run switch
        {
            { Spec.DryRun: true } => $"{name} is a dry run: it has changed nothing",
            { Spec.Trigger.Type: TriggerType.Rollback } when RunOutcome.IsOver(run.Status) => $"{name} is a rollback itself: start the runbook anew instead",
            { Status.Phase: ExecutionPhase.RolledBack } when Open(run).Count == 0 => $"{name} is undone already",
            { Status.Rollback: not null } when !RunOutcome.IsOver(run.Status) => $"{name} goes back already: 'follow' shows where it is",
            _ => null,
        };
        if (problem is not null)
        {
            throw new CliException(problem);
        }
    }

    /// <summary>What would be undone, the newest first, and what would stay.</summary>
    public static IEnumerable<string> Lines(RunbookExecution run, Paint paint)
    {
        yield return $"{paint.Bold(Plain.Line(run.Metadata.Name))}: to be undone, the newest first";
        var open = Open(run);
        foreach (var step in open)
        {
            var risk = step.Rollback?.Risk is { } level ? $" ({paint.Risk(level)})" : "";
            var asked = step.State == StepState.Succeeded ? "" : $"; it is {step.State}, so you are asked";
            yield return $"  {paint.Bold(Plain.Line(step.Name))}{risk}: {Plain.Line(step.Undo)}{asked}";
        }

        if (open.Count == 0)
        {
            yield return "  nothing that is known";
        }

        foreach (var step in (run.Status?.Steps ?? []).Where(step => step is { State: StepState.Succeeded, Rollback: null, Risk: not (null or "safe") }))
        {
            yield return $"  {Plain.Line(step.Name)} stays: {Plain.Line(step.Undo ?? "nothing is known to undo it")}";
        }
    }

    private static List<StepStatus> Open(RunbookExecution run) =>
    [
        .. (run.Status?.Steps ?? []).AsEnumerable().Reverse()
            .Where(step => step.Rollback is { State: not (StepState.Succeeded or StepState.Skipped) }
                && (step.State is StepState.Succeeded or StepState.Failed or StepState.Unknown))
            .OrderByDescending(step => step.FinishedAt ?? step.WaitingSince ?? step.StartedAt),
    ];
}
