using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Where a step stands.</summary>
public sealed record StepStatus
{
    /// <summary>Name of the step.</summary>
    [Text(Limits.Name)]
    public required string Name { get; init; }

    /// <summary>Pending, Waiting, Running, Succeeded, Failed, Skipped, RolledBack or Unknown. Unknown: it may have happened; a person decides.</summary>
    [Text(Limits.Label)]
    public required string State { get; init; }

    /// <summary>safe, caution or dangerous.</summary>
    [Text(RiskNames.MaximumLength)]
    public string? Risk { get; init; }

    /// <summary>Why the step has this risk, the worst first.</summary>
    [Items(Limits.StepReasons), Text(Limits.Line)]
    public List<string>? Reasons { get; init; }

    /// <summary>What is done, with values filled in. Cut once the step has ended.</summary>
    [Text(Limits.Run)]
    public string? Command { get; init; }

    /// <summary>Service account it acts as.</summary>
    [Text(Limits.Subdomain)]
    public string? ServiceAccount { get; init; }

    /// <summary>Digest of all that an approval is about; a decision that names another is void.</summary>
    [Text(Limits.Label + 1)]
    public string? Digest { get; init; }

    /// <summary>How often the step has been tried, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Pod that ran it.</summary>
    [Text(Limits.Subdomain)]
    public string? Pod { get; init; }

    /// <summary>What a typed action touches, as it was when the attempt was recorded.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? Target { get; init; }

    /// <summary>Since when a person is awaited.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the act itself was over and its check began.</summary>
    public DateTimeOffset? VerifyingSince { get; init; }

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

    /// <summary>Decisions taken, for people; they never count from here.</summary>
    [Items(Limits.List)]
    public List<StepApproval>? Approvals { get; init; }

    /// <summary>Who edited the step before it acted.</summary>
    [Text(Limits.Line)]
    public string? Edited { get; init; }

    /// <summary>Why it failed, was skipped or is held, in one word; absent where the state says it.</summary>
    [Text(Limits.Label)]
    public string? Reason { get; init; }

    /// <summary>What happened, or what is awaited, in one sentence.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }

    /// <summary>What undoes the step.</summary>
    [Text(Limits.Message)]
    public string? Undo { get; init; }

    /// <summary>How the step is undone: what would be done, and, once the run goes back, what became of it.</summary>
    public StepUndoStatus? Rollback { get; init; }
}

/// <summary>A decision as people see it in the run.</summary>
public sealed record StepApproval
{
    /// <summary>Who decided.</summary>
    [Text(Limits.Line)]
    public required string User { get; init; }

    /// <summary>Approve, Reject, Skip, Edit, Retry, MarkDone or Review.</summary>
    [Text(Limits.Label)]
    public required string Decision { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why, in the person's words.</summary>
    [Text(Limits.Message)]
    public string? Reason { get; init; }
}
