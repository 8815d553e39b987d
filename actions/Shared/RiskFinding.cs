using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What was found of a change.</summary>
/// <param name="Level">The risk.</param>
/// <param name="Reasons">Why, the gravest first.</param>
internal sealed record RiskFinding(RiskLevel Level, IReadOnlyList<string> Reasons)
{
    /// <summary>A change that is bounded and can be taken back.</summary>
    public static RiskFinding Caution(string reason) => new(RiskLevel.Caution, [reason]);

    /// <summary>All findings as one: the highest risk, the reasons of the gravest first.</summary>
    public static RiskFinding Of(IEnumerable<RiskFinding> findings)
    {
        var all = findings.OrderByDescending(finding => finding.Level).ToList();
        return new RiskFinding(all[0].Level, [.. all.SelectMany(finding => finding.Reasons).Distinct(StringComparer.Ordinal)]);
    }
}
