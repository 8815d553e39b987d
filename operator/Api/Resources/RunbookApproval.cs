using System.Text.Json.Serialization;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>One authenticated decision of a person on one step of one run. Created once, never changed.</summary>
[CustomResource("runbookapprovals", ShortNames = ["rba"], Categories = ["runbooks-dev"], MaximumName = Limits.Subdomain, ObservedGeneration = false)]
[PrinterColumn("EXECUTION", ".spec.execution.name")]
[PrinterColumn("STEP", ".spec.step")]
[PrinterColumn("DECISION", ".spec.decision")]
[PrinterColumn("USER", ".spec.user.username")]
[PrinterColumn("STATE", ".status.state")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("MESSAGE", ".status.message", Wide = true)]
[SelectableField(".spec.execution.name")]
public sealed record RunbookApproval : CustomResource<RunbookApprovalSpec, RunbookApprovalStatus>, IKubernetesObject<RunbookApproval>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookApproval), "runbookapprovals");

    /// <inheritdoc/>
    public override string? Kind { get; init; } = nameof(RunbookApproval);
}

/// <summary>What was decided, on what, and by whom.</summary>
[Rule("self == oldSelf", "a decision is never changed; make another")]
public sealed record RunbookApprovalSpec
{
    /// <summary>The run, in the same namespace.</summary>
    public required ApprovalExecution Execution { get; init; }

    /// <summary>Name of the step.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public required string Step { get; init; }

    /// <summary>Attempt that it is about, from 1.</summary>
    [Range(1, 1000)]
    public required int Attempt { get; init; }

    /// <summary>Approve lets the step act. Reject ends the run. Skip goes on without it. Retry tries a step of unknown outcome again.
    /// MarkDone says that a person has done it.</summary>
    public required ApprovalDecision Decision { get; init; }

    /// <summary>Digest of what the person saw: status.steps[].digest of the run. If anything of it has changed the decision is void.</summary>
    [Text(Limits.Label + 1, Minimum = 1)]
    public required string Digest { get; init; }

    /// <summary>Text typed to approve a dangerous step.</summary>
    [Text(Limits.Line)]
    public string? Confirm { get; init; }

    /// <summary>Why, for those who ask later.</summary>
    [Text(Limits.Message)]
    public string? Reason { get; init; }

    /// <summary>Who decided: written by the operator from the authenticated request. Leave it out.</summary>
    public ApprovalUser? User { get; init; }
}

/// <summary>The run that a decision is about.</summary>
public sealed record ApprovalExecution
{
    /// <summary>Name of the run.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string Name { get; init; }

    /// <summary>UID of the run, so that a later one of the same name is not meant.</summary>
    [Text(Limits.Label, Minimum = 1)]
    public required string Uid { get; init; }
}

/// <summary>What a person decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalDecision>))]
public enum ApprovalDecision
{
    /// <summary>The step may act.</summary>
    Approve,

    /// <summary>No: the run ends.</summary>
    Reject,

    /// <summary>Go on without the step.</summary>
    Skip,

    /// <summary>Try a step of unknown outcome again.</summary>
    Retry,

    /// <summary>A person has done it.</summary>
    MarkDone,
}

/// <summary>The authenticated author of a decision.</summary>
public sealed record ApprovalUser
{
    /// <summary>User name as the API server knows it.</summary>
    [Text(Limits.Line)]
    public required string Username { get; init; }

    /// <summary>UID of the user, if there is one.</summary>
    [Text(Limits.Line)]
    public string? Uid { get; init; }

    /// <summary>Groups of the user.</summary>
    [Items(Limits.UserGroups), Text(Limits.Line)]
    public List<string>? Groups { get; init; }

    /// <summary>Further attributes of the user, as the authenticator gave them.</summary>
    [Items(Limits.UserExtra), Text(Limits.Value)]
    public Dictionary<string, List<string>>? Extra { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HMAC over the namespace and all of spec but this field.</summary>
    [Text(80)]
    public required string Seal { get; init; }
}

/// <summary>What became of the decision.</summary>
public sealed record RunbookApprovalStatus
{
    /// <summary>Counted, Void or Refused.</summary>
    [Text(Limits.Label)]
    public string? State { get; init; }

    /// <summary>Why.</summary>
    [Text(Limits.Message)]
    public string? Message { get; init; }
}

/// <summary>What became of a decision.</summary>
public static class ApprovalState
{
    /// <summary>It was used.</summary>
    public const string Counted = "Counted";

    /// <summary>What it was about has changed, or is over.</summary>
    public const string Void = "Void";

    /// <summary>The person may not decide this, or the seal is wrong.</summary>
    public const string Refused = "Refused";
}
