using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Operator.Tests.Docs;

public sealed class SecurityTests
{
    [Theory]
    [InlineData("everywhere", "deploy/operator.yaml", "ClusterRole")]
    [InlineData("at home", "deploy/operator.yaml", "Role")]
    [InlineData("in a namespace", "examples/checkout/access.yaml", "Role")]
    public void The_permissions_told_are_those_granted(string table, string file, string kind)
    {
        var told = Pages.Table("docs/security.md", table)
            .SelectMany(row => Pairs(row[0].Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('`')), row[1].Split(',', StringSplitOptions.TrimEntries)));

        Assert.Equal(Granted(file, kind).Distinct().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Granted(string file, string kind)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Pages.Read(file)));
        var role = stream.Documents.Select(document => document.RootNode)
            .Single(root => Text(root["kind"]) == kind && Text(root["metadata"]["name"]) == "runbook-operator");
        return ((YamlSequenceNode)role["rules"]).SelectMany(rule => Pairs(Texts(rule["resources"]), Texts(rule["verbs"])));
    }

    private static IEnumerable<string> Pairs(IEnumerable<string> resources, IEnumerable<string> verbs) =>
        resources.SelectMany(resource => verbs.Select(verb => $"{verb} {resource}"));

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static IEnumerable<string> Texts(YamlNode node) => ((YamlSequenceNode)node).Select(Text);
}
