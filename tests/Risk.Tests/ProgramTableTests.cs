using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Tests;

/// <summary>The tables of programs: whole, without slips, and true to the examples that stand beside them.</summary>
public sealed class ProgramTableTests
{
    private static readonly RiskClassifier Classifier = new();

    private static readonly TableIndex Index = TableIndex.Embedded;

    private static IEnumerable<(string Program, VerbSpec Verb)> Verbs => Index.Names.SelectMany(name => Below(ProgramSpec.Read(Index, name)!.Root).Select(verb => (name, verb)));

    private static IEnumerable<VerbSpec> Below(VerbSpec verb) => [verb, .. verb.Children.SelectMany(Below)];

    public static TheoryData<string> Programs => [.. Index.Names.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_example_gets_the_level_it_stands_under(string program)
    {
        var wrong = Index.Of(program).SelectMany(document => Examples(document))
            .Select(example => (example, Verdict: Classifier.Classify(example.Command)))
            .Where(one => one.Verdict.Level != one.example.Level || (one.example.Level > RiskLevel.Safe && one.Verdict.Reasons.Any(reason => reason.Rule == "shell.unparsed")))
            .Select(one => $"{one.example.Place}: {one.Verdict.Level.ToText()}: {one.example.Command}: {string.Join(" ", one.Verdict.Reasons.Select(reason => reason.Message))}");
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_program_shows_what_is_dangerous_and_what_is_not(string program)
    {
        var levels = Index.Of(program).SelectMany(document => Examples(document)).Select(example => example.Level).ToHashSet();
        Assert.Contains(RiskLevel.Dangerous, levels);
        Assert.True(levels.Count > 1, "only dangerous examples");
    }

    [Fact]
    public void Every_rule_that_a_table_names_exists() =>
        Assert.Empty(Verbs.SelectMany(one => one.Verb.AllRules.Where(rule => rule.Length > 0 && !RuleBook.Exists(rule)).Select(rule => $"{one.Program} {one.Verb.Path}: {rule}")).Distinct());

    [Fact]
    public void Every_flag_that_a_condition_names_is_declared() =>
        Assert.Empty(Verbs.SelectMany(one => one.Verb.AllConditions.Where(flag => one.Verb.Canonical(flag) is null).Select(flag => $"{one.Program} {one.Verb.Path}: {flag}")).Distinct());

    [Fact]
    public void Every_verb_does_something_or_leads_to_others() =>
        Assert.Empty(Verbs.Where(one => !one.Verb.IsUse && !one.Verb.HasVerbs).Select(one => $"{one.Program} {one.Verb.Path}"));

    [Fact]
    public void Every_rule_is_used_by_a_table_or_by_code()
    {
        var used = Verbs.SelectMany(one => one.Verb.AllRules).ToHashSet();
        var code = string.Concat(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var lists = Tables.In("Lists").SelectMany(name => Tables.Text(name).Split([' ', '\n', ':', '"'], StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        var unused = RiskRules.All.Select(rule => rule.Id)
            .Where(id => !used.Contains(id) && !lists.Contains(id) && !id.StartsWith("site.", StringComparison.Ordinal) && !code.Contains($"\"{id}\"", StringComparison.Ordinal));
        Assert.Equal("", string.Join(' ', unused));
    }

    private static IEnumerable<(RiskLevel Level, string Command, string Place)> Examples(TableIndex.Document document)
    {
        if (document.ReadExamples() is not { } value)
        {
            yield break;
        }

        foreach (var (level, commands) in Assert.Single(value.Fields!).Value.Fields!)
        {
            Assert.True(RiskLevels.TryParse(level, out var expected), $"{commands.Place}: {level} is no level");
            foreach (var command in commands.Items!)
            {
                yield return (expected, command.Text!, command.Place);
            }
        }
    }
}
