using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Languages;

namespace RunbookOperator.Risk.Tests.Languages;

/// <summary>What tables of code are checked by.</summary>
internal static class Code
{
    /// <summary>The level of what was found; safe if nothing was.</summary>
    public static RiskLevel Level(IReadOnlyList<CodeFinding> findings) => findings.Select(finding => RuleBook.Level(finding.Rule)).Append(RiskLevel.Safe).Max();

    /// <summary>The rule was found, and nothing riskier.</summary>
    public static void Require(string rule, IReadOnlyList<CodeFinding> findings)
    {
        Assert.True(findings.Any(finding => finding.Rule == rule), $"{rule} is not among {string.Join(", ", findings)}");
        Assert.True(Level(findings) == RuleBook.Level(rule), $"{Level(findings)} by {string.Join(", ", findings)}");
    }

    /// <summary>Every place lies within the text.</summary>
    public static bool IsSound(string text, IReadOnlyList<CodeFinding> findings) =>
        findings.All(finding => RuleBook.Exists(finding.Rule) && finding.Span.Start >= 0 && finding.Span.Length >= 0 && finding.Span.End <= text.Length);
}
