using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>One run of one revision of one runbook.</summary>
[CustomResource("runbookexecutions", ShortNames = ["rbx"], Categories = ["runbooks-dev", "oncall"])]
[PrinterColumn("RUNBOOK", ".spec.runbook.name")]
[PrinterColumn("PHASE", ".status.phase")]
[PrinterColumn("STEP", ".status.step")]
[PrinterColumn("RISK", ".status.risk")]
[PrinterColumn("WAITING", ".status.waitingSince", Type = "date")]
[PrinterColumn("INCIDENT", ".spec.incident")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("MODE", ".spec.mode", Wide = true)]
[PrinterColumn("TRIGGER", ".spec.trigger.type", Wide = true)]
[PrinterColumn("APPROVED-BY", ".status.approvedBy", Wide = true)]
[PrinterColumn("MESSAGE", ".status.conditions[?(@.type==\"Succeeded\")].message", Wide = true)]
[SelectableField(".status.phase")]
[SelectableField(".spec.runbook.name")]
[SelectableField(".spec.incident")]
public sealed record RunbookExecution : CustomResource<RunbookExecutionSpec, RunbookExecutionStatus>, IKubernetesObject<RunbookExecution>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookExecution), "runbookexecutions");

    /// <inheritdoc/>
    public override string? Kind { get; init; } = nameof(RunbookExecution);
}

/// <summary>Which runbook, why, and with which values. Only desiredState may change.</summary>
[Rule("self.runbook == oldSelf.runbook && self.trigger == oldSelf.trigger && self.mode == oldSelf.mode && has(self.incident) == has(oldSelf.incident) && (!has(self.incident) || self.incident == oldSelf.incident) && has(self.parameters) == has(oldSelf.parameters) && (!has(self.parameters) || self.parameters == oldSelf.parameters)", "only desiredState may change; start a new execution instead")]
public sealed record RunbookExecutionSpec
{
    /// <summary>The runbook, in the same namespace.</summary>
    public required ExecutionRunbook Runbook { get; init; }

    /// <summary>The incident it is about, in the same namespace.</summary>
    [Text(Limits.Subdomain)]
    public string? Incident { get; init; }

    /// <summary>What started it.</summary>
    public required ExecutionTrigger Trigger { get; init; }

    /// <summary>Values of the runbook's parameters.</summary>
    [Items(Limits.Parameters), Text(Limits.Value)]
    public Dictionary<string, string>? Parameters { get; init; }

    /// <summary>How far the operator goes by itself in this run; never above the runbook's own mode. Defaults to ReadAlong.</summary>
    [Default("\"ReadAlong\"")]
    public RunbookMode Mode { get; init; }

    /// <summary>What is wanted of the run: Running, Paused (start nothing more for now) or Aborted (start nothing more, for good). Defaults to Running.</summary>
    [Default("\"Running\"")]
    public DesiredState? DesiredState { get; init; }
}

/// <summary>The runbook of a run.</summary>
public sealed record ExecutionRunbook
{
    /// <summary>Name of the runbook.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public required string Name { get; init; }

    /// <summary>Revision it must have; a run of another one fails. Absent takes what is there when the run starts.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }
}

/// <summary>What started a run.</summary>
public sealed record ExecutionTrigger
{
    /// <summary>Alert, or Manual for a run that a person started.</summary>
    public required TriggerType Type { get; init; }

    /// <summary>The person who started it; stamped by the operator from the authenticated request.</summary>
    [Text(Limits.Line)]
    public string? User { get; init; }
}

/// <summary>What started a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriggerType>))]
public enum TriggerType
{
    /// <summary>An alert; only the operator may say so.</summary>
    Alert,

    /// <summary>A person.</summary>
    Manual,
}

/// <summary>What is wanted of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DesiredState>))]
public enum DesiredState
{
    /// <summary>Go on.</summary>
    Running,

    /// <summary>Start nothing more for now.</summary>
    Paused,

    /// <summary>Start nothing more; what runs may finish. Final.</summary>
    Aborted,
}

/// <summary>Where the run stands.</summary>
public sealed record RunbookExecutionStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Pending, Running, WaitingForApproval, Paused, Succeeded, Failed or Aborted. For people; conditions are the truth. May grow.</summary>
    [Text(Limits.Label)]
    public string? Phase { get; init; }

    /// <summary>The first step that waits for a person, else the first that runs, as 5/8:bounce.</summary>
    [Text(Limits.Label)]
    public string? Step { get; init; }

    /// <summary>Risk of that step.</summary>
    [Text(16)]
    public string? Risk { get; init; }

    /// <summary>Since when a person is awaited.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Step that acted last before the alert cleared.</summary>
    [Text(Limits.Name)]
    public string? ResolvedBy { get; init; }

    /// <summary>Who approved, separated by commas; for people.</summary>
    [Text(Limits.Line)]
    public string? ApprovedBy { get; init; }

    /// <summary>ControllerRevision that holds the runbook as it was when the run began.</summary>
    [Text(Limits.Subdomain)]
    public string? Snapshot { get; init; }

    /// <summary>Revision of the runbook that is run.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }

    /// <summary>Parameters and outputs.</summary>
    [Items(200), Text(Limits.Value)]
    public Dictionary<string, string>? Variables { get; init; }

    /// <summary>The steps that have been looked at, in order.</summary>
    [Items(Limits.Steps, Key = "name")]
    public List<StepStatus>? Steps { get; init; }

    /// <summary>Every decision and act.</summary>
    public AuditTrail? Audit { get; init; }

    /// <summary>Succeeded (Unknown, True, False) and Completed (True however it ended).</summary>
    [Items(16, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Where a step stands.</summary>
public sealed record StepStatus
{
    /// <summary>Name of the step.</summary>
    [Text(Limits.Name)]
    public required string Name { get; init; }

    /// <summary>Pending, Waiting, Running, Succeeded, Failed, Skipped or Unknown. Unknown: it may have happened; a person decides.</summary>
    [Text(Limits.Label)]
    public required string State { get; init; }

    /// <summary>safe, caution or dangerous.</summary>
    [Text(16)]
    public string? Risk { get; init; }

    /// <summary>Why, riskiest first.</summary>
    [Items(5), Text(Limits.Line)]
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

    /// <summary>Exit code of run.</summary>
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
    [Items(20)]
    public List<StepApproval>? Approvals { get; init; }

    /// <summary>What happened, or what is awaited, in one sentence.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }

    /// <summary>What undoes the step.</summary>
    [Text(Limits.Message)]
    public string? Undo { get; init; }
}

/// <summary>A decision as people see it in the run.</summary>
public sealed record StepApproval
{
    /// <summary>Who decided.</summary>
    [Text(Limits.Line)]
    public required string User { get; init; }

    /// <summary>Approve, Reject, Skip, Retry or MarkDone.</summary>
    [Text(Limits.Label)]
    public required string Decision { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why, in the person's words.</summary>
    [Text(Limits.Message)]
    public string? Reason { get; init; }
}

/// <summary>The audit trail of a run.</summary>
public sealed record AuditTrail
{
    /// <summary>HMAC over all entries, each over the one before.</summary>
    [Text(80)]
    public string? Head { get; init; }

    /// <summary>The entries, oldest first.</summary>
    [Items(Limits.AuditEntries)]
    public List<AuditEntry>? Entries { get; init; }
}

/// <summary>One decision or act.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a person, or the operator.</summary>
    [Text(Limits.Line)]
    public required string Actor { get; init; }

    /// <summary>What.</summary>
    [Text(Limits.Line)]
    public required string What { get; init; }

    /// <summary>Step it is about.</summary>
    [Text(Limits.Name)]
    public string? Step { get; init; }

    /// <summary>Digest of what was decided on.</summary>
    [Text(80)]
    public string? Digest { get; init; }
}

/// <summary>The phases of a run.</summary>
public static class ExecutionPhase
{
    /// <summary>Nothing has started.</summary>
    public const string Pending = "Pending";

    /// <summary>A step runs.</summary>
    public const string Running = "Running";

    /// <summary>A person is awaited.</summary>
    public const string WaitingForApproval = "WaitingForApproval";

    /// <summary>A person asked to start nothing more for now.</summary>
    public const string Paused = "Paused";

    /// <summary>Every step that was to be done is done.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>A step failed, a person said no, or time ran out.</summary>
    public const string Failed = "Failed";

    /// <summary>A person ended it.</summary>
    public const string Aborted = "Aborted";

    /// <summary>Whether <paramref name="phase"/> is an end.</summary>
    public static bool IsFinal(string? phase) => phase is Succeeded or Failed or Aborted;
}

/// <summary>The states of a step.</summary>
public static class StepState
{
    /// <summary>Not reached yet.</summary>
    public const string Pending = "Pending";

    /// <summary>A person is awaited.</summary>
    public const string Waiting = "Waiting";

    /// <summary>An attempt is recorded and may have begun.</summary>
    public const string Running = "Running";

    /// <summary>Done.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Tried in vain.</summary>
    public const string Failed = "Failed";

    /// <summary>Not done, for a reason.</summary>
    public const string Skipped = "Skipped";

    /// <summary>It may have happened; a person decides.</summary>
    public const string Unknown = "Unknown";

    /// <summary>Whether <paramref name="state"/> lets the next step start.</summary>
    public static bool IsFinal(string? state) => state is Succeeded or Failed or Skipped;
}
