using System.Text.Json.Nodes;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;
using YamlDotNet.Serialization;

namespace RunbookOperator.Actions.Tests;

public sealed class ReadmeTests
{
    public static TheoryData<string> Actions => [.. ActionCatalog.Default.All.Select(action => action.Declaration.Name)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_readme_says_what_the_declaration_says(string name)
    {
        var declaration = ActionCatalog.Default.Find(name)!.Declaration;
        var readme = Read(name);
        Assert.StartsWith($"# {name}\n\n{declaration.Description}\n", readme, StringComparison.Ordinal);
        Assert.Equal(Table(declaration), Section(readme, "Inputs"));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_readme_says_the_risk_and_the_undo_of_its_example(string name)
    {
        var readme = Read(name);
        var example = Example(readme);
        Assert.Equal(name, (string?)example["uses"]);
        var assessment = ActionCatalog.Default.Find(name)!.Assess(new ActionInputs(example["with"]!.AsObject()));
        Assert.StartsWith($"**{assessment.Risk.ToText()}**: {assessment.Reasons[0]}", Section(readme, "Risk"), StringComparison.Ordinal);
        Assert.StartsWith(assessment.Undo ?? "Nothing to undo: it only reads.", Section(readme, "Undo"), StringComparison.Ordinal);
    }

    /// <summary>The inputs of the example.</summary>
    internal static ActionInputs InputsOf(string name) => new(Example(Read(name))["with"] as JsonObject);

    private static string Read(string name) => File.ReadAllText(Path.Combine(TestCluster.RepositoryRoot, "actions", name, "README.md"));

    private static string Section(string readme, string title)
    {
        var text = readme[(readme.IndexOf($"## {title}\n", StringComparison.Ordinal) + title.Length + 4)..];
        var end = text.IndexOf("\n## ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    private static JsonObject Example(string readme)
    {
        var text = Section(readme, "Example").Split("```")[1]["yaml\n".Length..];
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(text);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value))!.AsObject();
    }

    private static string Table(ActionDeclaration declaration) => string.Join('\n', declaration.Inputs.Select(Row)
        .Prepend("|---|---|---|---|").Prepend("| input | type | required | meaning |"));

    private static string Row(ActionInput input)
    {
        var type = input.Values is { Count: > 0 } values ? string.Join(", ", values) : input.Type.ToString().ToLowerInvariant();
        return $"| `{input.Name}` | {type} | {(input.Required ? "yes" : "no")} | {input.Description} |";
    }
}
