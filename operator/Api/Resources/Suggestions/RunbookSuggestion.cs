using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>One proposed change to a runbook, its evidence, and its pull request.</summary>
[CustomResource("runbooksuggestions", ShortNames = ["rbs"], Categories = ["runbooks-dev"], MaximumName = Limits.Subdomain)]
[PrinterColumn("RUNBOOK", ".spec.runbook")]
[PrinterColumn("KIND", ".spec.kind")]
[PrinterColumn("STATE", ".status.state")]
[PrinterColumn("BRANCH", ".status.pullRequest.branch")]
[PrinterColumn("PR", ".status.pullRequest.number", Type = "integer")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("AUTHOR", ".spec.author", Wide = true)]
[PrinterColumn("URL", ".status.pullRequest.url", Wide = true)]
[SelectableField(".status.state")]
[SelectableField(".spec.runbook")]
[SelectableField(".spec.kind")]
public sealed record RunbookSuggestion : CustomResource<RunbookSuggestionSpec, RunbookSuggestionStatus>, IKubernetesObject<RunbookSuggestion>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(RunbookSuggestion), "runbooksuggestions");

    /// <inheritdoc/>
    public override string? Kind { get; set; } = nameof(RunbookSuggestion);
}
