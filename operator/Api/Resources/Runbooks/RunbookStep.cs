using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>One step: a typed action, a command, words for a person, or another runbook.</summary>
[Rules<StepRules>]
public sealed record RunbookStep
{
    /// <summary>Name of the step, unique in the runbook.</summary>
    [Text(Limits.Name, Minimum = 1, Pattern = Patterns.StepName)]
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
    [Text(Limits.Label, Minimum = 1, Pattern = Patterns.Action)]
    public string? Uses { get; init; }

    /// <summary>Inputs of the action, or parameters of the other runbook. A value may hold ${name} of a parameter or an output.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }

    /// <summary>A command for bash -euo pipefail -c. Parameters and outputs are environment variables and nothing else; write "$name".</summary>
    [Text(Limits.Run, Minimum = 1)]
    public string? Run { get; init; }

    /// <summary>What a person is to do. The step waits until it is marked done.</summary>
    [Text(Limits.Paragraph, Minimum = 1)]
    public string? Manual { get; init; }

    /// <summary>Another runbook of this namespace, run as a child with its own account, policy and approvals. Its parameters are in with.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public string? Runbook { get; init; }

    /// <summary>Declared risk: safe, caution or dangerous. It can raise what the operator finds, never lower it.</summary>
    [Text(RiskNames.MaximumLength, Values = [RiskNames.Safe, RiskNames.Caution, RiskNames.Dangerous])]
    public string? Risk { get; init; }

    /// <summary>Conditions that must all hold, or the step is skipped.</summary>
    [Items(Limits.When)]
    public List<WhenExpression>? When { get; init; }

    /// <summary>Names of earlier steps that must have succeeded, been skipped or been marked done. Defaults to the step before; an empty list
    /// starts at once.</summary>
    [Items(Limits.Needs, Set = true), Text(Limits.Name, Minimum = 1)]
    public List<string>? Needs { get; init; }

    /// <summary>How long the step may run. Defaults to 5m. Waiting for approval does not count.</summary>
    [Default("\"5m\"")]
    public Duration? Timeout { get; init; }

    /// <summary>How often a failed step is tried again by itself. Defaults to never.</summary>
    public StepRetries? Retries { get; init; }

    /// <summary>Exit codes of run that mean success. Defaults to 0 only.</summary>
    [Items(Limits.List), Range(0, 255)]
    public List<int>? SucceedsOn { get; init; }

    /// <summary>Whether doing it twice does no more than doing it once. Then a step of unknown outcome may be tried again. Defaults to false.</summary>
    public bool? Idempotent { get; init; }

    /// <summary>Variables taken from the output of the step.</summary>
    [Items(Limits.List, Key = "name")]
    public List<StepOutput>? Outputs { get; init; }

    /// <summary>A safe action that must succeed before the step counts as done.</summary>
    public StepVerify? Verify { get; init; }

    /// <summary>What undoes the step. A typed action that records what undoes it needs none.</summary>
    public StepRollback? Rollback { get; init; }

    /// <summary>Whether the run pauses before this step. Defaults to false.</summary>
    public bool? Breakpoint { get; init; }

    /// <summary>Text that must be typed to approve the step, where its risk is dangerous. Defaults to the step's name. May hold ${name}.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public string? Confirm { get; init; }

    /// <summary>What happens after a failure: Stop ends the run, Continue goes on with the next step, Rollback undoes what was done, Escalate
    /// does what escalation says. Defaults to Stop.</summary>
    [Default("\"Stop\"")]
    public OnFailure? OnFailure { get; init; }

    /// <summary>Environment of run, before that of the runbook.</summary>
    [Items(Limits.Environment, Key = "name")]
    public List<EnvironmentVariable>? Env { get; init; }

    /// <summary>Image for run. Defaults to the runbook's image.</summary>
    [Text(Limits.Address, Minimum = 1, Pattern = Patterns.Image)]
    public string? Image { get; init; }
}

/// <summary>What happens after a failed step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnFailure>))]
public enum OnFailure
{
    /// <summary>The run fails.</summary>
    Stop,

    /// <summary>The next step follows.</summary>
    Continue,

    /// <summary>What was done is undone.</summary>
    Rollback,

    /// <summary>The run does what escalation says.</summary>
    Escalate,
}
