using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

// No field has a default of the schema: an absent one says nothing, so that a policy tightens what it names and nothing else. What holds where no
// policy says anything is told with each field.

/// <summary>What is allowed. A field that is absent says nothing; what other policies, and at last the built-in one, say of it holds.</summary>
public sealed record RunbookPolicySpec
{
    /// <summary>The kill switch: nothing starts, what runs finishes, the rest waits. One policy that says true is enough.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Who must approve steps, by their risk.</summary>
    public PolicyApprovals? Approvals { get; init; }

    /// <summary>What the mode Autopilot may do by itself.</summary>
    public PolicyAutopilot? Autopilot { get; init; }

    /// <summary>Typed actions that may run, such as kubernetes/scale; a star stands for any text. Lists of allow are intersected, lists of deny
    /// united. Built-in: all.</summary>
    public PolicyNames? Actions { get; init; }

    /// <summary>Whether commands may run. Allow: all. Listed: only those whose programs all stand in programs. Deny: none. The strictest of all
    /// policies holds. Built-in: Allow.</summary>
    public RunPolicy? Run { get; init; }

    /// <summary>What a site knows of its own programs. Only the base policy may call an unknown one safe; a known one may be raised, never
    /// lowered. The highest risk of all policies holds.</summary>
    [Items(Api.Limits.Programs)]
    public List<PolicyProgram>? Programs { get; init; }

    /// <summary>Images besides the operator's own that commands may run in, by digest: registry/name@sha256:… . Steps in any other are dangerous.</summary>
    [Items(Api.Limits.LongList, Set = true), Text(Api.Limits.Address, Minimum = 1, Pattern = "^[^\\s@]+@sha256:[0-9a-f]{64}$")]
    public List<string>? Images { get; init; }

    /// <summary>Namespaces that typed actions may change something in; a star stands for any text. Built-in: all that the account may.</summary>
    public PolicyNames? Namespaces { get; init; }

    /// <summary>How much may happen. The lowest of all policies holds.</summary>
    public PolicyLimits? Limits { get; init; }

    /// <summary>Times in which steps above a risk wait, also in a run under way. Those of all policies hold. An undo is never frozen.</summary>
    [Items(Api.Limits.List)]
    public List<PolicyFreeze>? Freezes { get; init; }

    /// <summary>Who may decide alone in an emergency. Only if all policies that say something of it allow it. Built-in: nobody.</summary>
    public PolicyBreakGlass? BreakGlass { get; init; }

    /// <summary>How long finished runs, ended incidents and closed suggestions are kept, in days, such as 90d. The longest of all policies
    /// holds. Built-in: 90d.</summary>
    [Text(8, Pattern = "^[1-9][0-9]{0,3}d$")]
    public string? Retention { get; init; }

    /// <summary>Which alerts belong together.</summary>
    public PolicyCorrelation? Correlation { get; init; }
}

/// <summary>Whether commands may run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPolicy>))]
public enum RunPolicy
{
    /// <summary>All commands.</summary>
    Allow,

    /// <summary>Commands whose programs are all listed.</summary>
    Listed,

    /// <summary>None.</summary>
    Deny,
}
