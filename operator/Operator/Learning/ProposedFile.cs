using RunbookOperator.Api;
using RunbookOperator.Documents;

namespace RunbookOperator.Learning;

/// <summary>A runbook's file with proposals carried out.</summary>
/// <param name="Source">The text.</param>
/// <param name="Done">Proposals that are in it.</param>
/// <param name="Refused">Proposals that are not, each with the reason.</param>
internal sealed record ProposedFile(string Source, IReadOnlyList<Proposal> Done, IReadOnlyList<(Proposal Proposal, string Reason)> Refused)
{
    /// <summary>The text before and after each of <see cref="Done"/>.</summary>
    public IReadOnlyList<(string Before, string After)> Texts { get; init; } = [];

    /// <summary>Carries out one proposal after the other; each result has to pass <paramref name="gate"/>.</summary>
    /// <param name="source">The text as it is.</param>
    /// <param name="proposals">What to change.</param>
    /// <param name="redactor">Knows what looks like a secret.</param>
    /// <param name="gate">Why a text must not replace the one before; null if it may.</param>
    public static ProposedFile Make(string source, IReadOnlyList<Proposal> proposals, Redactor redactor, Func<string, string, string?> gate)
    {
        var done = new List<Proposal>();
        var texts = new List<(string Before, string After)>();
        var refused = new List<(Proposal, string)>();
        foreach (var proposal in proposals)
        {
            var placed = proposal with { After = Place(proposal.After, refused) };
            if (Edit(source, placed, redactor, gate, out var result) is { } reason)
            {
                refused.Add((placed, reason));
                continue;
            }

            texts.Add((source, result));
            source = result;
            done.Add(placed);
        }

        return new ProposedFile(source, done, refused) { Texts = texts };
    }

    // A step that was to follow one that was refused takes its place.
    private static string? Place(string? after, List<(Proposal Proposal, string Reason)> refused) =>
        refused.FirstOrDefault(refusal => refusal.Proposal.Added is not null && refusal.Proposal.Step == after).Proposal is { } gone ? gone.After : after;

    private static string? Edit(string source, Proposal proposal, Redactor redactor, Func<string, string, string?> gate, out string result)
    {
        result = source;
        if (proposal.Added?.Run is { } command && redactor.WouldChange(command))
        {
            return "the command holds what looks like a secret";
        }

        try
        {
            result = proposal.Added is { } step
                ? RunbookEditor.InsertStep(source, proposal.Runbook, proposal.After, step)
                : RunbookEditor.RemoveStep(source, proposal.Runbook, proposal.Step);
            return gate(source, result);
        }
        catch (EditException exception)
        {
            return exception.Message;
        }
    }
}
