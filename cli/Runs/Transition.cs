using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>What happened to a run or to one of its steps.</summary>
internal enum TransitionKind
{
    /// <summary>The run began.</summary>
    RunStarted,

    /// <summary>A step waits for a person.</summary>
    StepWaiting,

    /// <summary>A person decided.</summary>
    Decided,

    /// <summary>An attempt began.</summary>
    StepRunning,

    /// <summary>The act is over and its check began.</summary>
    StepVerifying,

    /// <summary>A step ended, or nobody knows whether it happened.</summary>
    StepEnded,

    /// <summary>The run began to undo what it did.</summary>
    RunGoesBack,

    /// <summary>A person paused the run.</summary>
    RunPaused,

    /// <summary>The run goes on.</summary>
    RunResumed,

    /// <summary>The run is over.</summary>
    RunEnded,
}

/// <summary>One thing that happened, read from the status of a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When; null where the status does not say.</param>
/// <param name="Step">The step it is about, or null for the run.</param>
/// <param name="Approval">The decision, where that is what happened.</param>
internal sealed record Transition(TransitionKind Kind, DateTimeOffset? At, StepStatus? Step = null, StepApproval? Approval = null)
{
    /// <summary>Whether it is about the undo of the step; <see cref="Step"/> is then the undo, seen as a step.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The same for the same thing, however often the status is read.</summary>
    public string Key => IsUndo ? "undo/" + StepKey : StepKey;

    private string StepKey => Kind switch
    {
        // Another digest is another question.
        TransitionKind.StepWaiting => $"{Kind}/{Step!.Name}/{Step.Attempt}/{Step.Digest}",
        TransitionKind.Decided => $"{Kind}/{Step!.Name}/{Approval!.User}/{Approval.Decision}/{Approval.At:O}",
        TransitionKind.StepEnded => $"{Kind}/{Step!.Name}/{Step.Attempt}/{Step.State}",
        _ => $"{Kind}/{Step?.Name}/{Step?.Attempt}",
    };
}
