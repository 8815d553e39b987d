using System.Text;
using RunbookOperator.Actions;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class ExampleTests
{
    public static TheoryData<string> Examples =>
        [.. Pages.All.Where(page => Pages.Blocks(page, "yaml").Any(block => IsRunbook(block.Text)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_runbook_in_a_page_is_valid(string page)
    {
        var (reader, validator) = (new RunbookReader(), new RunbookValidator(ActionCatalog.Default, new RiskClassifier()));
        foreach (var (line, text) in Pages.Blocks(page, "yaml").Where(block => IsRunbook(block.Text)))
        {
            var result = reader.Read($"{page}, block at line {line}", Encoding.UTF8.GetBytes(text));

            Assert.Single(result.Runbooks);
            Assert.Empty(result.Problems.Concat(result.Runbooks.SelectMany(validator.Validate)).Select(problem => problem.ToString()));
        }
    }

    [Fact]
    public void The_front_page_and_the_page_of_the_kind_show_a_runbook()
    {
        var pages = Pages.All.Where(page => Pages.Blocks(page, "yaml").Any(block => IsRunbook(block.Text))).ToList();

        Assert.Contains("README.md", pages);
        Assert.Contains(Path.Combine("docs", "kinds", "runbook.md"), pages);
    }

    private static bool IsRunbook(string text) => text.Split('\n').Contains("kind: Runbook");
}
