using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>A Git repository whose runbooks are kept in step with its own namespace, and where pull requests about them go.</summary>
[CustomResource("runbookrepositories", ShortNames = ["rbrepo"], Categories = ["runbooks-dev"], MaximumName = Limits.Name)]
[PrinterColumn("URL", ".spec.url")]
[PrinterColumn("REVISION", ".status.revision")]
[PrinterColumn("RUNBOOKS", ".status.counts.runbooks", Type = "integer")]
[PrinterColumn("INVALID", ".status.counts.invalid", Type = "integer")]
[PrinterColumn("READY", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("MESSAGE", ".status.conditions[?(@.type==\"Ready\")].message", Wide = true)]
public sealed record RunbookRepository : CustomResource<RunbookRepositorySpec, RunbookRepositoryStatus>, IKubernetesObject<RunbookRepository>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookRepository), "runbookrepositories");

    /// <inheritdoc/>
    public override string? Kind { get; set; } = nameof(RunbookRepository);
}
