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
    public override string? Kind { get; set; } = nameof(RunbookApproval);
}
