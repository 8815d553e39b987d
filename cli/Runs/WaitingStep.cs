using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>Which step of a run a decision is about.</summary>
internal static class WaitingStep
{
    /// <summary>The step named, or the only one that awaits a person. While the run goes back, its undo as a step of the same name.</summary>
    /// <param name="execution">The run as it is.</param>
    /// <param name="name">The step, or null for the one that waits.</param>
    /// <param name="decision">What is to be decided.</param>
    /// <exception cref="CliException">There is nothing to decide, or it is not clear on what.</exception>
    public static StepStatus Choose(RunbookExecution execution, string? name, Decision decision)
    {
        var run = execution.Metadata.Name;
        if (RunOutcome.IsOver(execution.Status))
        {
            throw new CliException($"{run} is over ({execution.Status?.Phase}): there is nothing left to decide");
        }

        var steps = Steps(execution);
        var step = name is null ? TheOnlyOne(run, steps, decision, GoesBack(execution)) : Named(run, steps, name, decision, GoesBack(execution));
        return step.Digest is { Length: > 0 }
            ? step
            : throw new CliException($"step {step.Name} of {run} has no digest yet, so there is nothing to decide on; try again in a moment");
    }

    /// <summary>Whether the run goes back: then decisions are about the undo of its steps.</summary>
    public static bool GoesBack(RunbookExecution execution) => execution.Status?.Rollback is not null;

    private static List<StepStatus> Steps(RunbookExecution execution) => GoesBack(execution)
        ? [.. (execution.Status!.Steps ?? []).Select(step => step.AsUndo()).OfType<StepStatus>()]
        : execution.Status?.Steps ?? [];

    private static bool Awaits(StepStatus step, Decision decision, bool isUndo) => (isUndo, step.State) switch
    {
        (true, StepState.Waiting) => decision.Kind != ApprovalDecision.Retry,
        (true, StepState.Failed or StepState.Unknown) => decision.Kind != ApprovalDecision.Approve,
        (true, _) => false,
        _ => Awaits(step, decision),
    };

    /// <summary>Whether <paramref name="step"/> awaits this decision.</summary>
    public static bool Awaits(StepStatus step, Decision decision) => step.State switch
    {
        StepState.Waiting => decision.Kind != ApprovalDecision.Retry && !(decision.Kind == ApprovalDecision.Approve && IsManual(step)),
        StepState.Unknown => decision.Kind != ApprovalDecision.Approve,
        _ => false,
    };

    /// <summary>Whether a person does the step: it acts as nobody.</summary>
    public static bool IsManual(StepStatus step) => string.IsNullOrEmpty(step.ServiceAccount);

    private static StepStatus TheOnlyOne(string? run, List<StepStatus> steps, Decision decision, bool isUndo)
    {
        StepStatus[] awaiting = [.. steps.Where(step => Awaits(step, decision, isUndo))];
        return awaiting switch
        {
            [var only] => only,
            [] => throw new CliException(Nothing(run, steps, decision)),
            _ => throw new CliException($"{run} waits at {awaiting.Length} steps: name one of {string.Join(", ", awaiting.Select(step => step.Name))}"),
        };
    }

    private static string Nothing(string? run, List<StepStatus> steps, Decision decision)
    {
        const string Hint = "'follow' shows where it is";
        return (decision.Kind, steps.Find(step => step.State is StepState.Waiting or StepState.Unknown)) switch
        {
            (ApprovalDecision.Approve, { State: StepState.Unknown } step) =>
                $"nobody knows whether step {step.Name} of {run} happened: decide with retry, skip or done",
            (ApprovalDecision.Approve, { State: StepState.Waiting } step) => $"step {step.Name} of {run} is for a person to do: decide with done, skip or reject",
            (ApprovalDecision.Retry, { State: StepState.Waiting } step) => $"step {step.Name} of {run} waits and was not tried: decide with approve, skip or reject",
            _ => $"no step of {run} waits for a decision; {Hint}",
        };
    }

    private static StepStatus Named(string? run, List<StepStatus> steps, string name, Decision decision, bool isUndo) => steps.Find(step => step.Name == name) switch
    {
        null => throw new CliException(
            $"{run} has not reached a step \"{name}\"{Nearest.Hint(name, steps.Select(step => step.Name))}"),
        { } step when Awaits(step, decision, isUndo) => step,
        { State: StepState.Waiting or StepState.Unknown } step => throw new CliException(Nothing(run, [step], decision)),
        { } step => throw new CliException($"step {name} of {run} is {step.State}: it waits for no decision"),
    };
}
