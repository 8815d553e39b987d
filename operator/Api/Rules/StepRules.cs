namespace RunbookOperator.Api;

/// <summary>Rules of a step.</summary>
internal sealed class StepRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RunbookStep>(
            "[has(self.uses), has(self.run), has(self.manual), has(self.runbook)].filter(x, x).size() == 1",
            "give exactly one of uses, run, manual or runbook",
            self => new object?[] { self.Uses, self.Run, self.Manual, self.Runbook }.Count(way => way is not null) == 1),
        Rule.Of<RunbookStep>(
            "!has(self.with) || has(self.uses) || has(self.runbook)",
            "with belongs to uses or runbook",
            self => self.With is null || self.Uses is not null || self.Runbook is not null),
        Rule.Of<RunbookStep>(
            "has(self.run) || !(has(self.succeedsOn) || has(self.env) || has(self.image))",
            "succeedsOn, env and image belong to run",
            self => self.Run is not null || (self.SucceedsOn is null && self.Env is null && self.Image is null)),
        Rule.Of<RunbookStep>(
            "!has(self.manual) || !(has(self.outputs) || has(self.verify) || has(self.retries))",
            "a manual step has no outputs, verify or retries: a person does it and looks",
            self => self.Manual is null || (self.Outputs is null && self.Verify is null && self.Retries is null)),
    ];
}

/// <summary>Rules of an output.</summary>
internal sealed class OutputSourceRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<StepOutput>(
            "has(self.regex) != has(self.jsonPath)",
            "give one of regex or jsonPath",
            self => self.Regex is not null != (self.JsonPath is not null)),
    ];
}

/// <summary>Rules of a rollback.</summary>
internal sealed class RollbackRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<StepRollback>(
            "has(self.uses) != has(self.run)",
            "a rollback has one of uses or run",
            self => self.Uses is not null != (self.Run is not null)),
        Rule.Of<StepRollback>(
            "!has(self.with) || has(self.uses)",
            "with belongs to uses",
            self => self.With is null || self.Uses is not null),
    ];
}
