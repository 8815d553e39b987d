using RunbookOperator.Api;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class KindTests
{
    // What fits a terminal beside another window.
    private const int WidestLine = 120;

    public static TheoryData<string, Type> Types => new()
    {
        { "runbookrepository", typeof(RunbookRepositorySpec) },
        { "runbookrepository", typeof(RunbookRepositoryStatus) },
        { "runbook", typeof(RunbookSpec) },
        { "runbook", typeof(RunbookStep) },
        { "runbook", typeof(RunbookStatus) },
        { "incident", typeof(IncidentSpec) },
        { "incident", typeof(IncidentStatus) },
        { "runbookexecution", typeof(RunbookExecutionSpec) },
        { "runbookexecution", typeof(RunbookExecutionStatus) },
        { "runbookexecution", typeof(StepStatus) },
        { "runbookapproval", typeof(RunbookApprovalSpec) },
        { "runbookapproval", typeof(RunbookApprovalStatus) },
        { "runbookpolicy", typeof(RunbookPolicySpec) },
        { "runbookpolicy", typeof(RiskApproval) },
        { "runbookpolicy", typeof(RunbookPolicyStatus) },
        { "runbooksuggestion", typeof(RunbookSuggestionSpec) },
        { "runbooksuggestion", typeof(RunbookSuggestionStatus) },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void The_page_of_a_kind_tells_its_fields(string page, Type type)
    {
        var text = Pages.Read($"docs/kinds/{page}.md");
        var untold = type.GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])
            .Where(field => !text.Contains($"`{field}`", StringComparison.Ordinal));

        Assert.Empty(untold);
    }

    [Fact]
    public void The_page_of_a_kind_tells_what_is_not_acted_upon()
    {
        foreach (var kind in NotActedUpon.All.GroupBy(field => field.Kind))
        {
            var told = Pages.Table($"docs/kinds/{kind.Key.ToLowerInvariant()}.md", "not acted upon");

            Assert.Equal(kind.Select(field => ($"`{field.Path}`", Values(field))), told.Select(row => (row[0], row[1])));
        }
    }

    [Fact]
    public void The_page_of_a_kind_shows_its_columns()
    {
        foreach (var kind in Kinds)
        {
            var lines = Pages.Read($"docs/kinds/{kind.Name.ToLowerInvariant()}.md").Split('\n');
            var columns = kind.GetCustomAttributes(typeof(PrinterColumnAttribute), inherit: false).Cast<PrinterColumnAttribute>().ToLookup(column => column.Wide, column => column.Name);
            var shown = lines.SkipWhile(line => !line.StartsWith("NAME ", StringComparison.Ordinal)).TakeWhile(line => line != "```").ToList();
            string[] wide = [.. columns[true]];

            Assert.Equal(["NAME", .. columns[false]], shown[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(shown, line => Assert.InRange(line.Length, 1, WidestLine));
            Assert.Contains(lines, line => line.Contains($"`-o wide` adds {(wide.Length == 1 ? wide[0] : $"{string.Join(", ", wide[..^1])} and {wide[^1]}")}.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_kind_has_its_page()
    {
        var kinds = Kinds.Select(type => type.Name.ToLowerInvariant() + ".md");

        Assert.Equal(kinds.Order(), Directory.EnumerateFiles(Pages.FullPath("docs/kinds")).Select(file => Path.GetFileName(file)!).Order());
    }

    private static IEnumerable<Type> Kinds =>
        typeof(Runbook).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CustomResourceAttribute), inherit: false));

    private static string Values(IdleField field) =>
        field.Harmless is { } harmless ? $"all but `{harmless.Trim('"')}`"
        : field.Values.Count > 0 ? string.Join(", ", field.Values.Select(value => $"`{value}`"))
        : "all";
}
