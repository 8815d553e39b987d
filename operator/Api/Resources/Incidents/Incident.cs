using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>Alerts that belong together, what was done about them, and what was learnt.</summary>
[CustomResource("incidents", ShortNames = ["inc"], Categories = ["runbooks-dev", "oncall"])]
[PrinterColumn("SERVICE", ".status.service")]
[PrinterColumn("SEVERITY", ".spec.severity")]
[PrinterColumn("PHASE", ".status.phase")]
[PrinterColumn("ALERTS", ".spec.alertCount", Type = "integer")]
[PrinterColumn("RUNBOOK", ".status.runbook")]
[PrinterColumn("ASSIGNEE", ".spec.assignee")]
[PrinterColumn("TTR", ".status.timeToResolve")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("TITLE", ".spec.title", Wide = true)]
[SelectableField(".status.phase")]
[SelectableField(".status.service")]
public sealed record Incident : CustomResource<IncidentSpec, IncidentStatus>, IKubernetesObject<Incident>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(Incident), "incidents");

    /// <inheritdoc/>
    public override string? Kind { get; set; } = nameof(Incident);
}
