using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>Who may approve what, what may never run, freezes, and the kill switch. The policy default in the operator's namespace is the base
/// for every namespace; every other policy, there for all namespaces or in a namespace for that one, only tightens.</summary>
[CustomResource("runbookpolicies", ShortNames = ["rbp"], Categories = ["runbooks-dev"], MaximumName = Limits.Label)]
[PrinterColumn("SUSPEND", ".spec.suspend", Type = "boolean")]
[PrinterColumn("RUN", ".spec.run")]
[PrinterColumn("AUTOPILOT", ".spec.autopilot.maximumRisk")]
[PrinterColumn("CAUTION", ".spec.approvals.caution.required", Type = "integer")]
[PrinterColumn("DANGEROUS", ".spec.approvals.dangerous.required", Type = "integer")]
[PrinterColumn("READY", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("MESSAGE", ".status.conditions[?(@.type==\"Ready\")].message", Wide = true)]
[SelectableField(".spec.suspend")]
public sealed record RunbookPolicy : CustomResource<RunbookPolicySpec, RunbookPolicyStatus>, IKubernetesObject<RunbookPolicy>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookPolicy), "runbookpolicies");

    /// <inheritdoc/>
    public override string? Kind { get; set; } = nameof(RunbookPolicy);
}
