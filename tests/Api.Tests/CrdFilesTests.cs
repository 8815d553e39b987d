using RunbookOperator.Generator;
using RunbookOperator.TestKit;

namespace RunbookOperator.Api.Tests;

public sealed class CrdFilesTests
{
    public static TheoryData<string> Paths => [.. CrdFiles.All().Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_generated_file_is_current(string path) => Golden.Equal(path, CrdFiles.All()[path]);

    [Fact]
    public void Every_kind_of_the_serializer_has_its_definition() =>
        Assert.Equal(
            ["incidents", "runbookapprovals", "runbookexecutions", "runbookpolicies", "runbookrepositories", "runbooks", "runbooksuggestions"],
            CrdFiles.Kinds.Select(kind => CrdFiles.PathOf(kind)["crds/".Length..^".runbooks.dev.yaml".Length]));

    [Fact]
    public void The_folder_of_definitions_holds_nothing_else()
    {
        var files = Directory.EnumerateFiles(Path.Combine(TestCluster.RepositoryRoot, "crds")).Select(file => "crds/" + Path.GetFileName(file));

        Assert.Equal(CrdFiles.Kinds.Select(CrdFiles.PathOf).Order(), files.Order());
    }

    [Fact]
    public void The_two_dialects_differ_in_rules_and_selectable_fields_alone()
    {
        var documentation = new XmlDocumentation();
        foreach (var kind in CrdFiles.Kinds)
        {
            var (current, legacy) = (new CrdBuilder(documentation, Dialect.Current).Build(kind), new CrdBuilder(documentation, Dialect.Legacy).Build(kind));
            Schema.Remove(current, "x-kubernetes-validations");
            Schema.Remove(current, "selectableFields");
            Schema.Remove(current, Names.SchemaHashAnnotation);
            Schema.Remove(legacy, Names.SchemaHashAnnotation);

            Assert.Equal(legacy.ToJsonString(), current.ToJsonString());
        }
    }
}
