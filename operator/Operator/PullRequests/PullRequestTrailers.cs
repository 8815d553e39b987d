namespace RunbookOperator.PullRequests;

/// <summary>
/// The last lines of a description. They say which commits are the operator's and what is on them: the repository itself remembers it, so that
/// nothing is lost with the operator and everybody can read it.
/// </summary>
/// <param name="Branch">The branch.</param>
/// <param name="Proposals">Ids of all proposals on the branch, those of earlier commits among them.</param>
internal sealed record PullRequestTrailers(string Branch, IReadOnlySet<string> Proposals)
{
    private const string BranchKey = "Branch: ";
    private const string ProposalKey = "Proposal: ";

    /// <summary>The lines.</summary>
    public string Write() =>
        $"{BranchKey}{Branch}\n" + string.Concat(Proposals.Order(StringComparer.Ordinal).Select(id => $"{ProposalKey}{id}\n"));

    /// <summary>Reads the last paragraph of a description; null if it is none of ours.</summary>
    public static PullRequestTrailers? Read(string description)
    {
        var text = description.TrimEnd();
        var lines = text[(text.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)..].Trim().Split('\n');
        var ids = lines.Where(line => line.StartsWith(ProposalKey, StringComparison.Ordinal)).Select(line => line[ProposalKey.Length..]);
        return lines[0].StartsWith(BranchKey, StringComparison.Ordinal)
            ? new PullRequestTrailers(lines[0][BranchKey.Length..], ids.ToHashSet(StringComparer.Ordinal))
            : null;
    }
}
