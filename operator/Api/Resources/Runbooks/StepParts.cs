using System.Text.Json.Nodes;

namespace RunbookOperator.Api;

/// <summary>How often a failed step is tried again by itself.</summary>
public sealed record StepRetries
{
    /// <summary>The most further tries.</summary>
    [Range(1, Limits.Retries)]
    public required int Limit { get; init; }

    /// <summary>How long to wait before the first; each later wait is twice as long. Defaults to 10s.</summary>
    [Default("\"10s\"")]
    public Duration? Backoff { get; init; }
}

/// <summary>A variable taken from a step's output.</summary>
[Rules<OutputSourceRules>]
public sealed record StepOutput
{
    /// <summary>Name of the variable.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = Patterns.Variable)]
    public required string Name { get; init; }

    /// <summary>RE2 expression, tried on each line; the first match counts. Its first group is the value, or the whole match if it has none.</summary>
    [Text(Limits.Expression, Minimum = 1)]
    public string? Regex { get; init; }

    /// <summary>Path into the output as JSON, as kubectl writes it, such as {.items[0].metadata.name}.</summary>
    [Text(Limits.Expression, Minimum = 1)]
    public string? JsonPath { get; init; }
}

/// <summary>A check that a step did what it should.</summary>
public sealed record StepVerify
{
    /// <summary>A safe typed action, such as kubernetes/wait.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = Patterns.Action)]
    public required string Uses { get; init; }

    /// <summary>Inputs of the action. A value may hold ${name} of a parameter or an output.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }

    /// <summary>How long the check may take to succeed. Defaults to 2m.</summary>
    [Default("\"2m\"")]
    public Duration? Within { get; init; }
}

/// <summary>What undoes a step: a typed action or a command. Whoever approves the step approves it too, if its risk is not higher.</summary>
[Rules<RollbackRules>]
public sealed record StepRollback
{
    /// <summary>A typed action, such as kubernetes/rollout-undo.</summary>
    [Text(Limits.Label, Minimum = 1, Pattern = Patterns.Action)]
    public string? Uses { get; init; }

    /// <summary>Inputs of the action. A value may hold ${name} of a parameter or an output.</summary>
    [FreeForm, Items(Limits.Inputs)]
    public JsonObject? With { get; init; }

    /// <summary>A command for bash -euo pipefail -c, as in the step.</summary>
    [Text(Limits.Run, Minimum = 1)]
    public string? Run { get; init; }
}
