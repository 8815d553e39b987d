using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Api;

/// <summary>What to do about an alert, and how far the operator may go by itself.</summary>
[CustomResource("runbooks", ShortNames = ["rb"], Categories = ["runbooks-dev"], MaximumName = Limits.Name)]
[PrinterColumn("MODE", ".status.effectiveMode")]
[PrinterColumn("RISK", ".status.riskSummary")]
[PrinterColumn("RUNS", ".status.statistics.executions", Type = "integer")]
[PrinterColumn("SUCCESS", ".status.statistics.successRate")]
[PrinterColumn("READY", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("AGE", ".metadata.creationTimestamp", Type = "date")]
[PrinterColumn("TITLE", ".spec.title", Wide = true)]
[PrinterColumn("OWNER", ".spec.owner", Wide = true)]
public sealed record Runbook : CustomResource<RunbookSpec, RunbookStatus>, IKubernetesObject<Runbook>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new(Names.Group, Names.Version, nameof(Runbook), "runbooks");

    /// <inheritdoc/>
    public override string? Kind { get; init; } = nameof(Runbook);
}

/// <summary>What to do, when, and as whom.</summary>
public sealed record RunbookSpec
{
    /// <summary>What is wrong, in the words of the person it wakes.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Title { get; init; }

    /// <summary>What is usually behind it.</summary>
    [Text(Limits.Paragraph)]
    public string? Summary { get; init; }

    /// <summary>The team that keeps this runbook.</summary>
    [Text(Limits.Line)]
    public string? Owner { get; init; }

    /// <summary>Services this runbook is about.</summary>
    [Items(20), Text(Limits.Line)]
    public List<string>? Services { get; init; }

    /// <summary>Where to read more.</summary>
    [Items(20)]
    public List<RunbookLink>? References { get; init; }

    /// <summary>What starts a run; without any it is started by hand.</summary>
    [Items(20)]
    public List<RunbookTrigger>? Triggers { get; init; }

    /// <summary>Values that the steps need.</summary>
    [Items(Limits.Parameters, Key = "name")]
    public List<RunbookParameter>? Parameters { get; init; }

    /// <summary>How far the operator goes by itself. ReadAlong: a person does each step. Copilot: safe steps run at once, others wait for
    /// approval. Autopilot: as Copilot, and caution steps run at once where the policy allows it. Defaults to ReadAlong.</summary>
    [Default("\"ReadAlong\"")]
    public RunbookMode? Mode { get; init; }

    /// <summary>Service account in this namespace that steps which change something act as. Without one the runbook reads and no more.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public string? ServiceAccountName { get; init; }

    /// <summary>What to do, in this order.</summary>
    [Items(Limits.Steps, Minimum = 1, Key = "name")]
    public required List<RunbookStep> Steps { get; init; }

    /// <summary>How often runs may start.</summary>
    public RunbookConcurrency? Concurrency { get; init; }

    /// <summary>How long a run may take, waiting included; then it fails. Defaults to 24h.</summary>
    [Default("\"24h\"")]
    public Duration? Deadline { get; init; }

    /// <summary>Whether a run goes on changing things after its alert has resolved. Defaults to false.</summary>
    public bool? ContinueWhenResolved { get; init; }
}

/// <summary>A link for people.</summary>
public sealed record RunbookLink
{
    /// <summary>What is there.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Title { get; init; }

    /// <summary>The address.</summary>
    [Text(Limits.Address, Minimum = 1, Pattern = "^https?://[^\\s]+$")]
    public required string Url { get; init; }
}

/// <summary>How far the operator goes by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunbookMode>))]
public enum RunbookMode
{
    /// <summary>A person does every step and marks it done.</summary>
    ReadAlong,

    /// <summary>Safe steps run at once; others wait for approval.</summary>
    Copilot,

    /// <summary>Caution steps run at once too, where the policy allows it.</summary>
    Autopilot,
}

/// <summary>One thing that starts a run.</summary>
public sealed record RunbookTrigger
{
    /// <summary>An alert that the matchers fit.</summary>
    public required AlertTrigger Alert { get; init; }
}

/// <summary>Which alerts.</summary>
public sealed record AlertTrigger
{
    /// <summary>Matchers in Alertmanager's syntax, such as alertname="X" or severity=~"warning|critical"; all must fit. Expressions are RE2 and
    /// mean the whole value.</summary>
    [Items(20, Minimum = 1), Text(Limits.Expression, Minimum = 1)]
    public required List<string> Matchers { get; init; }
}

/// <summary>A value that steps use as ${name}, or as an environment variable in run.</summary>
[Rule("!(has(self.fromLabel) && has(self.fromAnnotation))", "give one of fromLabel or fromAnnotation")]
public sealed record RunbookParameter
{
    /// <summary>Name of the variable: lower case letters, digits and underscores.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[a-z][a-z0-9_]{0,62}$")]
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    [Text(Limits.Message)]
    public string? Description { get; init; }

    /// <summary>Label of the alert that gives the value.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? FromLabel { get; init; }

    /// <summary>Annotation of the alert that gives the value.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? FromAnnotation { get; init; }

    /// <summary>Value if nothing else gives one.</summary>
    [Text(Limits.Value)]
    public string? Default { get; init; }

    /// <summary>Whether a run without a value must not start.</summary>
    public bool? Required { get; init; }

    /// <summary>Expression in RE2 that the whole value must match.</summary>
    [Text(Limits.Expression, Minimum = 1)]
    public string? Pattern { get; init; }

    /// <summary>The values allowed.</summary>
    [Items(50), Text(Limits.Value)]
    public List<string>? Enum { get; init; }
}

/// <summary>How often runs may start.</summary>
public sealed record RunbookConcurrency
{
    /// <summary>How long after the start of a run in one incident the next may start. Defaults to 10m.</summary>
    [Default("\"10m\"")]
    public Duration? Cooldown { get; init; }
}

/// <summary>One step: a typed action, a command, or words for a person.</summary>
[Rule("[has(self.uses), has(self.run), has(self.manual)].filter(x, x).size() == 1", "give exactly one of uses, run or manual")]
[Rule("!has(self.with) || has(self.uses)", "with belongs to uses")]
public sealed record RunbookStep
{
    /// <summary>Name of the step, unique in the runbook.</summary>
    [Text(Limits.Name, Minimum = 1, Pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public required string Name { get; init; }

    /// <summary>What the step does.</summary>
    [Text(Limits.Line)]
    public string? Title { get; init; }

    /// <summary>Why it is done.</summary>
    [Text(Limits.Paragraph)]
    public string? Description { get; init; }

    /// <summary>A word to the person watching, such as "takes five minutes".</summary>
    [Text(Limits.Message)]
    public string? Note { get; init; }

    /// <summary>A typed action, such as kubernetes/rollout-restart.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[a-z0-9-]+/[a-z0-9-]+$")]
    public string? Uses { get; init; }

    /// <summary>Inputs of the action. A value may hold ${name} of a parameter or an output.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }

    /// <summary>A command for bash -euo pipefail -c. Parameters and outputs are environment variables and nothing else; write "$name".</summary>
    [Text(Limits.Run, Minimum = 1)]
    public string? Run { get; init; }

    /// <summary>What a person is to do. The step waits until it is marked done.</summary>
    [Text(Limits.Paragraph, Minimum = 1)]
    public string? Manual { get; init; }

    /// <summary>Declared risk: safe, caution or dangerous. It can raise what the operator finds, never lower it.</summary>
    [Text(16, Values = ["safe", "caution", "dangerous"])]
    public string? Risk { get; init; }

    /// <summary>Conditions that must all hold, or the step is skipped.</summary>
    [Items(Limits.When)]
    public List<WhenExpression>? When { get; init; }

    /// <summary>How long the step may run. Defaults to 5m. Waiting for approval does not count.</summary>
    [Default("\"5m\"")]
    public Duration? Timeout { get; init; }

    /// <summary>Exit codes of run that mean success. Defaults to 0 only.</summary>
    [Items(20)]
    public List<int>? SucceedsOn { get; init; }

    /// <summary>Variables taken from the output of the step.</summary>
    [Items(20, Key = "name")]
    public List<StepOutput>? Outputs { get; init; }

    /// <summary>A safe action that must succeed before the step counts as done.</summary>
    public StepVerify? Verify { get; init; }

    /// <summary>Text that must be typed to approve the step, where its risk is dangerous. Defaults to the step's name. May hold ${name}.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? Confirm { get; init; }

    /// <summary>What happens after a failure: Stop ends the run, Continue goes on with the next step. Defaults to Stop.</summary>
    [Default("\"Stop\"")]
    public OnFailure? OnFailure { get; init; }
}

/// <summary>What happens after a failed step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnFailure>))]
public enum OnFailure
{
    /// <summary>The run fails.</summary>
    Stop,

    /// <summary>The next step follows.</summary>
    Continue,
}

/// <summary>One condition on a variable or on an earlier step.</summary>
[Rule("has(self.variable) != has(self.step)", "give one of variable or step")]
public sealed record WhenExpression
{
    /// <summary>Name of a parameter or an output.</summary>
    [Text(Limits.Label, Minimum = 1)]
    public string? Variable { get; init; }

    /// <summary>Name of an earlier step.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public string? Step { get; init; }

    /// <summary>How to compare. Succeeded, Failed and Skipped are for steps, the rest for variables. GreaterThan and LessThan compare numbers; a
    /// value that is no number does not hold.</summary>
    public required WhenOperator Operator { get; init; }

    /// <summary>What to compare with: several for In and NotIn, one for GreaterThan, LessThan and Matches, none for the rest.</summary>
    [Items(20), Text(Limits.Value)]
    public List<string>? Values { get; init; }
}

/// <summary>How a condition compares.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WhenOperator>))]
public enum WhenOperator
{
    /// <summary>The variable is one of the values.</summary>
    In,

    /// <summary>The variable is none of the values, or not set.</summary>
    NotIn,

    /// <summary>The variable is set.</summary>
    Exists,

    /// <summary>The variable is not set.</summary>
    DoesNotExist,

    /// <summary>The variable is a number above the value.</summary>
    GreaterThan,

    /// <summary>The variable is a number below the value.</summary>
    LessThan,

    /// <summary>The variable as a whole matches the RE2 expression.</summary>
    Matches,

    /// <summary>The step succeeded.</summary>
    Succeeded,

    /// <summary>The step failed.</summary>
    Failed,

    /// <summary>The step was skipped.</summary>
    Skipped,
}

/// <summary>A variable taken from a step's output.</summary>
public sealed record StepOutput
{
    /// <summary>Name of the variable.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[a-z][a-z0-9_]{0,62}$")]
    public required string Name { get; init; }

    /// <summary>RE2 expression, tried on each line; the first match counts. Its first group is the value, or the whole match if it has none.</summary>
    [Text(Limits.Expression, Minimum = 1)]
    public required string Regex { get; init; }
}

/// <summary>A check that a step did what it should.</summary>
public sealed record StepVerify
{
    /// <summary>A safe typed action, such as kubernetes/wait.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = "^[a-z0-9-]+/[a-z0-9-]+$")]
    public required string Uses { get; init; }

    /// <summary>Inputs of the action.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }

    /// <summary>How long the check may take to succeed. Defaults to 2m.</summary>
    [Default("\"2m\"")]
    public Duration? Within { get; init; }
}

/// <summary>What the operator found out about the runbook.</summary>
public sealed record RunbookStatus
{
    /// <summary>Generation of the spec that this status is about; -1 until it was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Where the runbook comes from, if from Git.</summary>
    public RunbookSource? Source { get; init; }

    /// <summary>Hash of the spec. An unrelated commit does not change it.</summary>
    [Text(Limits.Label)]
    public string? Revision { get; init; }

    /// <summary>Risk of each step.</summary>
    [Items(Limits.Steps, Key = "name")]
    public List<StepRisk>? Risks { get; init; }

    /// <summary>Safe, caution and dangerous steps, as 4/3/1.</summary>
    [Text(Limits.Label)]
    public string? RiskSummary { get; init; }

    /// <summary>Hash of the rule set that judged the steps.</summary>
    [Text(Limits.Label)]
    public string? Classifier { get; init; }

    /// <summary>The mode that holds.</summary>
    [Text(Limits.Label)]
    public string? EffectiveMode { get; init; }

    /// <summary>Numbers from the runs still kept.</summary>
    public RunbookStatistics? Statistics { get; init; }

    /// <summary>Ready, Reconciling, Stalled.</summary>
    [Items(16, Key = "type")]
    public List<Condition>? Conditions { get; init; }
}

/// <summary>Where a runbook comes from.</summary>
public sealed record RunbookSource
{
    /// <summary>The RunbookRepository.</summary>
    [Text(Limits.Subdomain)]
    public required string Repository { get; init; }

    /// <summary>Path of the file.</summary>
    [Text(Limits.Address)]
    public required string File { get; init; }

    /// <summary>Commit in which this file last changed.</summary>
    [Text(Limits.Label)]
    public required string Commit { get; init; }
}

/// <summary>Risk of one step.</summary>
public sealed record StepRisk
{
    /// <summary>Name of the step.</summary>
    [Text(Limits.Name)]
    public required string Name { get; init; }

    /// <summary>safe, caution or dangerous.</summary>
    [Text(16)]
    public required string Risk { get; init; }

    /// <summary>Why, riskiest first.</summary>
    [Items(5), Text(Limits.Line)]
    public List<string>? Reasons { get; init; }
}

/// <summary>Numbers from the runs still kept.</summary>
public sealed record RunbookStatistics
{
    /// <summary>Runs that ended.</summary>
    public int Executions { get; init; }

    /// <summary>Runs that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Runs that ended otherwise.</summary>
    public int Failed { get; init; }

    /// <summary>Succeeded runs in percent, as 97%.</summary>
    [Text(8)]
    public string? SuccessRate { get; init; }
}
