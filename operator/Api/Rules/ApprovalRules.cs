using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Rules of a decision.</summary>
internal sealed class ApprovalSpecRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Change<RunbookApprovalSpec>(
            "self == oldSelf",
            "a decision is never changed; make another",
            (self, old) => JsonNode.DeepEquals(Json(self), Json(old))),
        Rule.Of<RunbookApprovalSpec>(
            "has(self.edit) == (self.decision == 'Edit')",
            "the decision Edit needs edit, and no other has it",
            self => self.Edit is not null == (self.Decision == ApprovalDecision.Edit)),
        Rule.Of<RunbookApprovalSpec>(
            "!has(self.breakGlass) || !self.breakGlass || (has(self.reason) && self.reason.size() > 0)",
            "breakGlass needs a reason",
            self => self.BreakGlass != true || self.Reason is { Length: > 0 }),
    ];

    private static JsonNode? Json(RunbookApprovalSpec spec) => JsonSerializer.SerializeToNode(spec, ApiJson.Default.RunbookApprovalSpec);
}

/// <summary>Rules of what a step does instead.</summary>
internal sealed class ApprovalEditRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<ApprovalEdit>(
            "has(self.run) != has(self.with)",
            "give one of run or with, as the step has it",
            self => self.Run is not null != (self.With is not null)),
    ];
}
