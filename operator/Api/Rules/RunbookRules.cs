namespace RunbookOperator.Api;

/// <summary>Rules of a runbook as a whole.</summary>
internal sealed class RunbookSpecRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        // That they come earlier CEL cannot say within a cost that every server can bound: it knows no index. The validator says it.
        Rule.At<RunbookSpec>(
            "self.steps.all(s, !has(s.needs) || s.needs.all(n, n != s.name && self.steps.exists(t, t.name == n)))",
            "needs names other steps of the runbook, earlier ones",
            self => self.Steps.SelectMany((step, i) => (step.Needs ?? [])
                .Select((needed, j) => (Place: $"steps[{i}].needs[{j}]", Known: needed != step.Name && self.Steps.Exists(other => other.Name == needed)))
                .Where(need => !need.Known)
                .Select(need => need.Place))),
        Rule.At<RunbookSpec>(
            "has(self.escalation) || self.steps.all(s, !has(s.onFailure) || s.onFailure != 'Escalate')",
            "onFailure: Escalate needs escalation in the runbook",
            self => self.Escalation is not null ? [] : Indexes(self, step => step.OnFailure == OnFailure.Escalate).Select(i => $"steps[{i}].onFailure")),
    ];

    private static IEnumerable<int> Indexes(RunbookSpec spec, Func<RunbookStep, bool> which) => Enumerable.Range(0, spec.Steps.Count).Where(i => which(spec.Steps[i]));
}

/// <summary>Rules of a trigger.</summary>
internal sealed class TriggerRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RunbookTrigger>(
            "has(self.alert) != (has(self.runbookURL) && self.runbookURL)",
            "give one of alert or runbookURL: true",
            self => self.Alert is not null != (self.RunbookUrl == true)),
    ];
}

/// <summary>Rules of a parameter.</summary>
internal sealed class ParameterSourceRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RunbookParameter>(
            "!(has(self.fromLabel) && has(self.fromAnnotation))",
            "give one of fromLabel or fromAnnotation",
            self => self.FromLabel is null || self.FromAnnotation is null),
    ];
}

/// <summary>Rules of an escalation.</summary>
internal sealed class EscalationRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RunbookEscalation>(
            "has(self.runbook) || has(self.notify)",
            "an escalation names a runbook that goes on, or channels to notify",
            self => self.Runbook is not null || self.Notify is not null),
    ];
}

/// <summary>Rules of an environment variable.</summary>
internal sealed class EnvironmentRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<EnvironmentVariable>(
            "has(self.value) != has(self.secretKeyRef)",
            "give one of value or secretKeyRef",
            self => self.Value is not null != (self.SecretKeyRef is not null)),
    ];
}
