using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Why and since when a run goes back. It is there from then on: a run that goes back does not turn again.</summary>
public sealed record RollbackStatus
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Why: the reason of the failure, or RollbackRequested.</summary>
    [Text(Limits.Label)]
    public required string Reason { get; init; }

    /// <summary>The same in one sentence.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }

    /// <summary>Value of the annotation runbooks.dev/rollback when it began, so that the same is not done again after the end.</summary>
    [Text(Limits.Label)]
    public string? Request { get; init; }
}

/// <summary>Where the undo of a step stands.</summary>
public sealed record StepUndoStatus
{
    /// <summary>Pending (not asked for), Waiting, Running, Succeeded, Failed, Skipped or Unknown. Failed and Unknown wait for a person.</summary>
    [Text(Limits.Label)]
    public required string State { get; init; }

    /// <summary>safe, caution or dangerous.</summary>
    [Text(RiskNames.MaximumLength)]
    public string? Risk { get; init; }

    /// <summary>Why the undo has this risk, the worst first.</summary>
    [Items(Limits.StepReasons), Text(Limits.Line)]
    public List<string>? Reasons { get; init; }

    /// <summary>What is done to undo the step, with values filled in.</summary>
    [Text(Limits.Run)]
    public string? Command { get; init; }

    /// <summary>Service account it acts as.</summary>
    [Text(Limits.Subdomain)]
    public string? ServiceAccount { get; init; }

    /// <summary>Hash of command, values, image, account and risk, as they were when the step was decided on. Whoever approved the step has
    /// approved exactly this.</summary>
    [Text(Limits.Label + 1)]
    public string? Plan { get; init; }

    /// <summary>Digest of all that an approval of the undo is about; it covers how the world has moved since.</summary>
    [Text(Limits.Label + 1)]
    public string? Digest { get; init; }

    /// <summary>How often the undo has been tried, from 1; 0 before it was asked for.</summary>
    public int Attempt { get; init; }

    /// <summary>Pod that ran it.</summary>
    [Text(Limits.Subdomain)]
    public string? Pod { get; init; }

    /// <summary>What the undo touches, as it was when its attempt was recorded.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? Target { get; init; }

    /// <summary>What the first attempt of the step saw, where a later one went on from what it had done. This is what is gone back to.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? Origin { get; init; }

    /// <summary>Since when a person is awaited.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Exit code of the command.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last 4 KiB of the output, secrets removed.</summary>
    [Text(Limits.Output)]
    public string? Output { get; init; }

    /// <summary>Whether there was more output.</summary>
    public bool? Truncated { get; init; }

    /// <summary>SHA-256 of the whole output, secrets removed.</summary>
    [Text(80)]
    public string? OutputDigest { get; init; }

    /// <summary>Decisions taken on the undo, for people; they never count from here.</summary>
    [Items(Limits.List)]
    public List<StepApproval>? Approvals { get; init; }

    /// <summary>What happened, or what is awaited, in one sentence.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }
}
