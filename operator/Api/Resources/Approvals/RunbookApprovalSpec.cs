using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>What was decided, on what, and by whom.</summary>
[Rules<ApprovalSpecRules>]
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

    /// <summary>Whether it is about the rollback of the step. Defaults to false.</summary>
    public bool? Undo { get; init; }

    /// <summary>Approve lets the step act. Reject ends the run. Skip goes on without it. Edit changes what it does, for others to approve.
    /// Retry tries a step of unknown outcome again. MarkDone says that a person has done it. Review closes a break-glass.</summary>
    public required ApprovalDecision Decision { get; init; }

    /// <summary>Digest of what the person saw: status.steps[].digest of the run. If anything of it has changed the decision is void.</summary>
    [Text(Limits.Label + 1, Minimum = 1)]
    public required string Digest { get; init; }

    /// <summary>What the step does instead, with the decision Edit. It is classified again, and never safe.</summary>
    public ApprovalEdit? Edit { get; init; }

    /// <summary>Text typed to approve a dangerous step.</summary>
    [Text(Limits.Line)]
    public string? Confirm { get; init; }

    /// <summary>Why, for those who ask later.</summary>
    [Text(Limits.Message)]
    public string? Reason { get; init; }

    /// <summary>Whether this one decision stands for all that are needed, by a member of the policy's groups, with a reason. It lifts freezes and
    /// must be reviewed by another person. Defaults to false.</summary>
    public bool? BreakGlass { get; init; }

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

/// <summary>What a step does instead of what the runbook says: a command, or inputs.</summary>
[Rules<ApprovalEditRules>]
public sealed record ApprovalEdit
{
    /// <summary>The new command.</summary>
    [Text(Limits.Run, Minimum = 1)]
    public string? Run { get; init; }

    /// <summary>The new inputs of the action.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }
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

    /// <summary>Change what the step does.</summary>
    Edit,

    /// <summary>Try a step of unknown outcome again.</summary>
    Retry,

    /// <summary>A person has done it.</summary>
    MarkDone,

    /// <summary>A break-glass was looked at.</summary>
    Review,
}
