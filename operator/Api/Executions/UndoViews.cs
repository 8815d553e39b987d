namespace RunbookOperator.Api;

/// <summary>The undo of a step, seen as a step: people decide on it in the same way.</summary>
public static class UndoViews
{
    /// <summary>Where the undo of <paramref name="step"/> stands, as a step of the same name; null where nothing is known to undo it.</summary>
    public static StepStatus? AsUndo(this StepStatus step) => step.Rollback is not { } undo ? null : new StepStatus
    {
        Name = step.Name,
        State = undo.State,
        Risk = undo.Risk,
        Reasons = undo.Reasons,
        Command = undo.Command,
        ServiceAccount = undo.ServiceAccount,
        Digest = undo.Digest,
        Attempt = undo.Attempt,
        Pod = undo.Pod,
        Target = undo.Target,
        WaitingSince = undo.WaitingSince,
        StartedAt = undo.StartedAt,
        FinishedAt = undo.FinishedAt,
        ExitCode = undo.ExitCode,
        Output = undo.Output,
        Truncated = undo.Truncated,
        OutputDigest = undo.OutputDigest,
        Approvals = undo.Approvals,
        Message = undo.Message,
    };

    /// <summary>Whether the undo of <paramref name="step"/> awaits a person: to approve it, or to say what became of it.</summary>
    public static bool AwaitsUndo(this StepStatus step) => step.Rollback?.State is StepState.Waiting or StepState.Failed or StepState.Unknown;
}
