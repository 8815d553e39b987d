using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What to do about an alert, and how far the operator may go by itself.</summary>
[CustomResource("runbooks", ShortNames = ["rb"], Categories = ["runbooks-dev"], MaximumName = Limits.Name)]
[PrinterColumn("MODE", ".status.effectiveMode")]
[PrinterColumn("RISK", ".status.riskSummary")]
[PrinterColumn("RUNS", ".status.statistics.executions", Type = "integer")]
[PrinterColumn("SUCCESS", ".status.statistics.successRate")]
[PrinterColumn("STALE", ".status.staleness.count", Type = "integer")]
[PrinterColumn("READY", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("TITLE", ".spec.title", Wide = true)]
[PrinterColumn("OWNER", ".spec.owner", Wide = true)]
[PrinterColumn("MESSAGE", ".status.conditions[?(@.type==\"Ready\")].message", Wide = true)]
[SelectableField(".spec.mode")]
[SelectableField(".spec.owner")]
public sealed record Runbook : CustomResource<RunbookSpec, RunbookStatus>, IKubernetesObject<Runbook>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(Runbook), "runbooks");

    /// <inheritdoc/>
    public override string? Kind { get; set; } = nameof(Runbook);
}
