using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests;

/// <summary>The page from which people learn the format of the tables.</summary>
public sealed class KnowledgeGuideTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "risk-knowledge.md"));

    private static readonly string Example = Page.Split("```yaml\n")[1].Split("```")[0];

    [Fact]
    public void Its_example_works()
    {
        var index = new TableIndex([("Tables/guide.yaml", Example)]);
        var catalog = new ProgramCatalog(index);
        var levels = Assert.Single(Assert.Single(index.Of("systemctl")).ReadExamples()!.Fields!).Value.Fields!;
        Assert.Equal(["safe", "caution", "dangerous"], levels.Select(level => level.Key));
        Assert.All(levels, level => Assert.All(level.Value.Items!, command =>
            Assert.Equal(level.Key, Evaluator.Judge(ShellParser.Parse(command.Text!), new Evaluation.Programs(catalog, SitePrograms.None), null).Level.ToText())));
    }

    [Fact]
    public void It_names_every_role() => Assert.All(Role.Names, role => Assert.Contains($"`{role}`", Page, StringComparison.Ordinal));

    [Fact]
    public void It_names_every_style() => Assert.All(FlagStyle.Names, style => Assert.Contains($"| `{style}` |", Page, StringComparison.Ordinal));
}
