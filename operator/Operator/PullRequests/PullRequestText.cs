using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Learning;
using RunbookOperator.Risk;

namespace RunbookOperator.PullRequests;

/// <summary>Writes the words around a change. Everything that people or alerts wrote is quoted by <see cref="Markdown"/>.</summary>
internal static class PullRequestText
{
    private const int SubjectLength = 100;

    /// <summary>The message of the commit: the title and why.</summary>
    public static string Message(IReadOnlyList<Proposal> proposals)
    {
        var subject = proposals.Count == 1 ? proposals[0].Title : $"{proposals[0].Title} and {proposals.Count - 1} more";
        var text = new StringBuilder(Variables.Clean(subject, SubjectLength)).Append('\n');
        foreach (var proposal in proposals)
        {
            text.Append('\n').Append(proposal.Rationale).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What reviewers read: what changes and why, the evidence, the risk before and after, who proposes, and how to say no.</summary>
    /// <param name="proposals">What changes.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="trailers">What is on the branch afterwards.</param>
    public static string Description(IReadOnlyList<Proposal> proposals, string branch, PullRequestTrailers trailers)
    {
        var text = new StringBuilder();
        foreach (var proposal in proposals)
        {
            text.Append("# ").Append(proposal.Title).Append("\n\n").Append(proposal.Rationale).Append("\n\n");
            if (proposal.Added?.Run is { } command)
            {
                text.Append(Markdown.Block(command)).Append("\n\n");
            }
        }

        Evidence(text, proposals);
        Risks(text, proposals);
        text.Append("## Who proposes this\n\nRunbookOperator, by fixed rules from what was done in the runs above. No model took part.\n\n")
            .Append("## How to say no\n\nDelete the branch `").Append(branch).Append("`: the same is not proposed again. ")
            .Append("Push to it to change it: the operator does not touch it again. Merge it to say yes.\n\n")
            .Append(trailers.Write());
        return text.ToString();
    }

    private static void Evidence(StringBuilder text, IReadOnlyList<Proposal> proposals)
    {
        text.Append("## Evidence\n\n| Run | When | Who | What | In their words | Time to resolve |\n|---|---|---|---|---|---|\n");
        foreach (var (proposal, row) in proposals.SelectMany(proposal => proposal.Evidence.Select(row => (proposal, row))))
        {
            text.Append("| ").Append(Markdown.Cell(row.Run)).Append(" | ").Append(row.When?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'") ?? "-")
                .Append(" | ").Append(Markdown.Cell(row.Who)).Append(" | ").Append(row.What).Append(' ').Append(Markdown.Cell(proposal.Step))
                .Append(" | ").Append(Markdown.Cell(row.Words)).Append(" | ").Append(Markdown.Cell(row.TimeToResolve)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static void Risks(StringBuilder text, IReadOnlyList<Proposal> proposals)
    {
        text.Append("## Risk\n\n| Step | Before | After |\n|---|---|---|\n");
        foreach (var proposal in proposals)
        {
            text.Append("| ").Append(Markdown.Cell(proposal.Step)).Append(" | ").Append(Level(proposal.Before)).Append(" | ")
                .Append(Level(proposal.AfterRisk)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Level(RiskLevel? level) => level?.ToText() ?? "no such step";
}
