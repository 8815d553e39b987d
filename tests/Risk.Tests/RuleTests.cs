using System.Text.RegularExpressions;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Tests;

public sealed partial class RuleTests
{
    [Fact]
    public void Every_rule_has_an_id_of_its_own_and_explains_itself()
    {
        Assert.Equal(RiskRules.All.Count, RiskRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(RiskRules.All, rule =>
        {
            Assert.Matches(Id(), rule.Id);
            Assert.NotEmpty(rule.Title);
            Assert.EndsWith(".", rule.Explanation);
            Assert.NotEmpty(RuleBook.Says(rule.Id));
        });
    }

    [Fact]
    public void Reasons_are_sentences_with_a_place()
    {
        var verdict = new RiskClassifier().Classify("true; kubectl delete pod x --force");
        Assert.Equal(new RiskReason("kubectl.delete", RiskLevel.Dangerous, new TextSpan(6, 28), "`kubectl delete` deletes objects."), verdict.Reasons[0]);
    }

    [Fact]
    public void Reasons_show_no_character_that_could_deceive()
    {
        var verdict = new RiskClassifier().Classify("frob$'\\x1b[31m\\u202e' x");
        Assert.DoesNotContain(verdict.Reasons, reason => reason.Message.Any(c => char.IsControl(c) || c == '\u202e'));
    }

    [Fact]
    public void The_hash_is_the_same_for_every_classifier()
    {
        Assert.Equal(new RiskClassifier().RuleSetHash, new RiskClassifier().RuleSetHash);
        Assert.Matches("^[0-9a-f]{16}$", new RiskClassifier().RuleSetHash);
    }

    [Fact]
    public void The_hash_covers_the_sources_as_well_as_the_tables() =>
        Assert.Contains("Sources", typeof(RiskClassifier).Assembly.GetManifestResourceNames());

    [Fact]
    public void The_documentation_holds_the_table_of_rules() =>
        Assert.Contains(RiskDocs.Table(), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "risk.md")), StringComparison.Ordinal);

    [Fact]
    public void The_table_is_renewed_in_place() =>
        Assert.Equal("before\n\n" + RiskDocs.Table() + "\nafter\n", RiskDocs.Update("before\n\n| Rule | Level | What | Why |\n|---|---|---|---|\n| old |\n\nafter\n"));

    [GeneratedRegex("^[a-z]+\\.[a-z-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
