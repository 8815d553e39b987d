using RunbookOperator.Api;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class KindTests
{
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
    public void Every_kind_has_its_page()
    {
        var kinds = typeof(Runbook).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CustomResourceAttribute), inherit: false))
            .Select(type => type.Name.ToLowerInvariant() + ".md");

        Assert.Equal(kinds.Order(), Directory.EnumerateFiles(Pages.FullPath("docs/kinds")).Select(file => Path.GetFileName(file)!).Order());
    }
}
