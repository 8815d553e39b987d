using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>Reads from the status of a run what has happened in it: from its state alone, so that a missed change is not a missed line.</summary>
internal static class Transitions
{
    /// <summary>Everything that the status tells, oldest first. Of one moment, in the order of the runbook.</summary>
    public static IReadOnlyList<Transition> Of(RunbookExecution execution)
    {
        if (execution.Status is not { } status)
        {
            return [];
        }

        List<Transition> found = [];
        if (status.StartedAt is { } started)
        {
            found.Add(new(TransitionKind.RunStarted, started));
        }

        foreach (var step in status.Steps ?? [])
        {
            found.AddRange(Of(step));
        }

        if (status.Rollback is { } rollback)
        {
            found.Add(new(TransitionKind.RunGoesBack, rollback.StartedAt));
            found.AddRange((status.Steps ?? []).Where(step => step.Rollback is { Attempt: > 0 })
                .SelectMany(step => Of(step.AsUndo()!).Select(transition => transition with { IsUndo = true })));
        }

        if (RunOutcome.IsOver(status))
        {
            found.Add(new(TransitionKind.RunEnded, status.FinishedAt));
        }

        // What has no time belongs where it stands: behind what stands before it.
        var latest = DateTimeOffset.MinValue;
        return [.. found.Select(item => (Item: item, At: latest = item.At ?? latest)).OrderBy(pair => pair.At).Select(pair => pair.Item)];
    }

    /// <summary>The step's place and the number of steps, as <c>5/8</c>; the number is left out where the status does not tell it: before a step is
    /// current, and after an end before the last one.</summary>
    public static string Place(RunbookExecutionStatus status, string step)
    {
        var index = (status.Steps ?? []).FindIndex(item => item.Name == step) + 1;
        var slash = status.Step?.IndexOf('/') ?? -1;
        var colon = status.Step?.IndexOf(':') ?? -1;
        return slash > 0 && colon > slash && int.TryParse(status.Step.AsSpan(slash + 1, colon - slash - 1), out var all) && all >= index
            ? $"{index}/{all}"
            : status.Phase == ExecutionPhase.Succeeded ? $"{index}/{status.Steps!.Count}" : $"{index}";
    }

    private static IEnumerable<Transition> Of(StepStatus step)
    {
        // A step of unknown outcome, or an undo that failed, waits as well, but that is told with its outcome.
        if (step.State == StepState.Waiting || (step.WaitingSince is not null && step.State is not (StepState.Unknown or StepState.Failed)))
        {
            yield return new(TransitionKind.StepWaiting, step.WaitingSince, step);
        }

        foreach (var approval in step.Approvals ?? [])
        {
            yield return new(TransitionKind.Decided, approval.At, step, approval);
        }

        if (step.StartedAt is { } started)
        {
            yield return new(TransitionKind.StepRunning, started, step);
        }

        if (step.VerifyingSince is { } verifying)
        {
            yield return new(TransitionKind.StepVerifying, verifying, step);
        }

        if (StepState.IsFinal(step.State) || step.State == StepState.Unknown)
        {
            yield return new(TransitionKind.StepEnded, step.FinishedAt ?? (step.State == StepState.Unknown ? step.WaitingSince : null), step);
        }
    }
}
