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
    public override string? Kind { get; set; } = nameof(RunbookExecution);
}
