using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>What to do, when, and as whom.</summary>
[Rules<RunbookSpecRules>]
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

    /// <summary>Services this runbook is about, as alerts name them in their label service.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Line)]
    public List<string>? Services { get; init; }

    /// <summary>Services that those of this runbook need to work. Of alerts that come together, the one of the service that most others need
    /// is taken for the root.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Line, Minimum = 1)]
    public List<string>? DependsOn { get; init; }

    /// <summary>Where to read more.</summary>
    [Items(Limits.List)]
    public List<RunbookLink>? References { get; init; }

    /// <summary>What starts a run; without any it is started by hand.</summary>
    [Items(Limits.List)]
    public List<RunbookTrigger>? Triggers { get; init; }

    /// <summary>Values that the steps need.</summary>
    [Items(Limits.Parameters, Key = "name")]
    public List<RunbookParameter>? Parameters { get; init; }

    /// <summary>What must be so before a run begins. One that fails makes the run wait.</summary>
    [Items(Limits.List)]
    public List<RunbookPrerequisite>? Prerequisites { get; init; }

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

    /// <summary>What happens when a run does not get on by itself.</summary>
    public RunbookEscalation? Escalation { get; init; }

    /// <summary>How often runs may start, and what becomes of two at once.</summary>
    public RunbookConcurrency? Concurrency { get; init; }

    /// <summary>How long a run may take, waiting included; then it fails. Defaults to 24h.</summary>
    [Default("\"24h\"")]
    public Duration? Deadline { get; init; }

    /// <summary>Whether a run goes on changing things after its alert has resolved. Defaults to false.</summary>
    public bool? ContinueWhenResolved { get; init; }

    /// <summary>Image for the commands of all steps. Defaults to the operator's own. Any other is given by digest and stands in the policy's
    /// images, or the steps in it are dangerous. A step's own image comes before this one.</summary>
    [Text(Limits.Address, Minimum = 1, Pattern = Patterns.Image)]
    public string? Image { get; init; }

    /// <summary>Environment of the commands of all steps. A step's own env comes before this one. Secrets named here carry the label
    /// runbooks.dev/use: steps.</summary>
    [Items(Limits.Environment, Key = "name")]
    public List<EnvironmentVariable>? Env { get; init; }

    /// <summary>Channels that are told about every run: names of Secrets with the label runbooks.dev/channel.</summary>
    [Items(Limits.List, Set = true), Text(Limits.Subdomain, Minimum = 1)]
    public List<string>? Notify { get; init; }

    /// <summary>How many finished runs are kept.</summary>
    public RunbookHistory? History { get; init; }

    /// <summary>Day on which somebody should read this runbook again, such as 2027-01-31. After it the runbook counts as stale.</summary>
    [Text(10, Pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
    public string? ReviewBy { get; init; }
}

/// <summary>A link for people.</summary>
public sealed record RunbookLink
{
    /// <summary>What the address shows.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Title { get; init; }

    /// <summary>The address: http or https.</summary>
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
