using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>Rules of a run.</summary>
internal sealed class ExecutionSpecRules : IRuleSet
{
    private const string Optional = "has(self.{0}) == has(oldSelf.{0}) && (!has(self.{0}) || self.{0} == oldSelf.{0})";

    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.ChangeAt<RunbookExecutionSpec>(
            "self.runbook == oldSelf.runbook && self.trigger == oldSelf.trigger && self.mode == oldSelf.mode && "
                + string.Join(" && ", new[] { "incident", "parameters", "dryRun", "breakpoints" }.Select(field => Optional.Replace("{0}", field, StringComparison.Ordinal))),
            "only desiredState may change; start a new execution instead",
            (self, old) => Changed(Fixed(self), Fixed(old))),
        Rule.Change<RunbookExecutionSpec>(
            "!has(oldSelf.desiredState) || oldSelf.desiredState != 'Aborted' || (has(self.desiredState) && self.desiredState == 'Aborted')",
            "a run that was aborted stays so; start a new execution instead",
            (self, old) => old.DesiredState != DesiredState.Aborted || self.DesiredState == DesiredState.Aborted),
        Rule.Change<RunbookExecutionSpec>(
            "!has(oldSelf.desiredState) || oldSelf.desiredState != 'RolledBack' || (has(self.desiredState) && self.desiredState != 'Running')",
            "a run that goes back does not turn again: it can be paused or aborted",
            (self, old) => old.DesiredState != DesiredState.RolledBack || self.DesiredState is not (null or DesiredState.Running)),
        Rule.Of<RunbookExecutionSpec>(
            "!has(self.dryRun) || !self.dryRun || !has(self.desiredState) || self.desiredState != 'RolledBack'",
            "a dry run changes nothing, so there is nothing to undo",
            self => self.DryRun != true || self.DesiredState != DesiredState.RolledBack),
        Rule.Of<RunbookExecutionSpec>(
            "self.trigger.type != 'Drill' || (has(self.dryRun) && self.dryRun)",
            "a drill is a dry run: set dryRun: true",
            self => self.Trigger.Type != TriggerType.Drill || self.DryRun == true),
    ];

    private static JsonObject Fixed(RunbookExecutionSpec spec) =>
        (JsonObject)JsonSerializer.SerializeToNode(spec with { DesiredState = null }, ApiJson.Default.RunbookExecutionSpec)!;

    private static IEnumerable<string> Changed(JsonObject self, JsonObject old) =>
        self.Select(field => field.Key).Union(old.Select(field => field.Key)).Where(field => !JsonNode.DeepEquals(self[field], old[field]));
}

/// <summary>Rules of what started a run.</summary>
internal sealed class ExecutionTriggerRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<ExecutionTrigger>(
            "has(self.parent) == (self.type in ['Escalation', 'Child', 'Rollback'])",
            "the types Escalation, Child and Rollback need parent, and no other has it",
            self => self.Parent is not null == self.Type is TriggerType.Escalation or TriggerType.Child or TriggerType.Rollback),
    ];
}
