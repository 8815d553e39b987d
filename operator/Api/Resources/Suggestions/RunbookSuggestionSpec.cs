using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>What is proposed, and why.</summary>
[Rules<SuggestionSpecRules>]
public sealed record RunbookSuggestionSpec
{
    /// <summary>Runbook in this namespace that it is about; the name of the new one for NewRunbook.</summary>
    [Text(Limits.Name, Minimum = 1)]
    public required string Runbook { get; init; }

    /// <summary>What kind of change it is.</summary>
    public required SuggestionKind Kind { get; init; }

    /// <summary>Incidents and runs that speak for it. The list only grows.</summary>
    [Items(Limits.LongList, Minimum = 1)]
    public required List<SuggestionEvidence> Evidence { get; init; }

    /// <summary>Why, in words for the person who reviews it.</summary>
    [Text(Limits.Paragraph, Minimum = 1)]
    public required string Rationale { get; init; }

    /// <summary>Who proposes it: rules, or the name of a model.</summary>
    [Text(Limits.Line, Minimum = 1)]
    public required string Author { get; init; }

    /// <summary>The change, as a unified diff of the runbook's file.</summary>
    [Text(Limits.RunbookBytes)]
    public string? Patch { get; init; }
}

/// <summary>What kind of change is proposed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuggestionKind>))]
public enum SuggestionKind
{
    /// <summary>A step more.</summary>
    AddStep,

    /// <summary>A step less.</summary>
    RemoveStep,

    /// <summary>A step does something else.</summary>
    EditStep,

    /// <summary>The steps in another order.</summary>
    ReorderSteps,

    /// <summary>A trigger more.</summary>
    AddTrigger,

    /// <summary>A higher mode.</summary>
    PromoteMode,

    /// <summary>A lower mode.</summary>
    DemoteMode,

    /// <summary>A runbook for what has none.</summary>
    NewRunbook,

    /// <summary>What the runbook names and is no longer there.</summary>
    FixStale,

    /// <summary>A better alert rule.</summary>
    FixAlert,
}

/// <summary>An incident or a run that speaks for a suggestion.</summary>
public sealed record SuggestionEvidence
{
    /// <summary>Incident or RunbookExecution.</summary>
    [Text(Limits.Label, Values = [nameof(Incident), nameof(RunbookExecution)])]
    public required string Kind { get; init; }

    /// <summary>Its name, in the same namespace.</summary>
    [Text(Limits.Subdomain, Minimum = 1)]
    public required string Name { get; init; }
}
