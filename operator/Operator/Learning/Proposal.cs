using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Learning;

/// <summary>What is proposed.</summary>
internal enum ProposalKind
{
    /// <summary>A step more.</summary>
    AddStep,

    /// <summary>A step less.</summary>
    RemoveStep,
}

/// <summary>One change to a runbook that its use suggests, and why. It holds text of people and of alerts: it is quoted where it is shown.</summary>
internal sealed record Proposal
{
    private const int IdLength = 12;

    /// <summary>What is proposed.</summary>
    public required ProposalKind Kind { get; init; }

    /// <summary>The runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>The step that is added or removed.</summary>
    public required string Step { get; init; }

    /// <summary>The new step, where one is added.</summary>
    public RunbookStep? Added { get; init; }

    /// <summary>The step that the new one follows; null makes it the first.</summary>
    public string? After { get; init; }

    /// <summary>Why, in two sentences. Untrusted text in it is quoted for Markdown.</summary>
    public required string Rationale { get; init; }

    /// <summary>The runs that it is drawn from.</summary>
    public required IReadOnlyList<ProposalEvidence> Evidence { get; init; }

    /// <summary>Risk of the step before; null where there was none.</summary>
    public RiskLevel? Before { get; init; }

    /// <summary>Risk of the step after; null where it is gone.</summary>
    public RiskLevel? AfterRisk { get; init; }

    /// <summary>The title: <c>payment-latency: add step "check-sessions"</c>.</summary>
    public string Title => $"{Runbook}: {(Kind == ProposalKind.AddStep ? "add" : "remove")} step \"{Step}\"";

    /// <summary>What makes it the same proposal again, whatever led to it: the runbook, the kind, and the command or the step.</summary>
    public string Id => CanonicalJson.Hash(
        new JsonObject { ["runbook"] = Runbook, ["kind"] = Kind.ToString(), ["what"] = Added?.Run ?? Step }, IdLength);
}

/// <summary>A run that a proposal is drawn from.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="When">When it happened.</param>
/// <param name="Who">Who did it.</param>
/// <param name="What">What was done: skipped, added.</param>
/// <param name="Words">The person's own words or command.</param>
/// <param name="TimeToResolve">How long the incident or the run took.</param>
internal sealed record ProposalEvidence(string Run, DateTimeOffset? When, string Who, string What, string Words, string TimeToResolve);
