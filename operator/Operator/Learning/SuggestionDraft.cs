using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Learning;

/// <summary>A proposal as an object of the cluster. Its name is made from what is proposed: whoever makes it again finds it there. Pure.</summary>
internal static class SuggestionDraft
{
    /// <summary>Who proposes where no model took part.</summary>
    public const string Rules = "rules";

    /// <summary>The name: <c>checkout-slow-addstep-4be2c1d00f17</c>.</summary>
    public static string Name(Proposal proposal) => $"{proposal.Runbook}-{proposal.Kind.ToString().ToLowerInvariant()}-{proposal.Id}";

    /// <summary>The proposal's id, from the name that it gave.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('-') + 1)..];

    /// <summary>The object.</summary>
    /// <param name="proposal">What is proposed.</param>
    /// <param name="situation">What it is drawn from.</param>
    /// <param name="patch">The change of the file; null if it is not known.</param>
    public static RunbookSuggestion Of(Proposal proposal, ProposalCase situation, string? patch) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = Name(proposal),
            Namespace = situation.Incident.Metadata.Namespace,
            Labels = new Dictionary<string, string> { [Names.RunbookLabel] = proposal.Runbook },
        },
        Spec = new RunbookSuggestionSpec
        {
            Runbook = proposal.Runbook,
            Kind = proposal.Kind == ProposalKind.AddStep ? SuggestionKind.AddStep : SuggestionKind.RemoveStep,
            Evidence = EvidenceOf(proposal, situation),
            Rationale = Variables.Clean(proposal.Rationale, Limits.Paragraph),
            Author = Rules,
            Patch = patch is null || Encoding.UTF8.GetByteCount(patch) > Limits.RunbookBytes ? null : patch,
        },
    };

    /// <summary>Evidence with what is new of it, the oldest first; null if nothing is, or if there is no room.</summary>
    public static List<SuggestionEvidence>? Grown(List<SuggestionEvidence> known, List<SuggestionEvidence> more)
    {
        var grown = known.Union(more).Take(Limits.LongList).ToList();
        return grown.Count > known.Count ? grown : null;
    }

    private static List<SuggestionEvidence> EvidenceOf(Proposal proposal, ProposalCase situation) =>
    [
        new() { Kind = nameof(Incident), Name = situation.Incident.Metadata.Name! },
        .. proposal.Evidence.Select(evidence => evidence.Run).Distinct(StringComparer.Ordinal).Take(Limits.LongList - 1)
            .Select(run => new SuggestionEvidence { Kind = nameof(RunbookExecution), Name = run }),
    ];
}
