using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;
using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Risk.Tests;

/// <summary>The reader of the tables reads YAML, or refuses.</summary>
public sealed class TableYamlTests
{
    [Fact]
    public void Every_table_means_what_it_means_to_a_general_reader()
    {
        var documents = TableIndex.Embedded.Names.SelectMany(name => TableIndex.Embedded.Of(name)).Distinct();
        var texts = documents.SelectMany(document => new[] { (document.File, document.Text), (document.File, document.ExampleText) })
            .Concat(Tables.In("Rules").Concat(Tables.In("Lists")).Select(name => (name, Tables.Text(name))));
        Assert.All(texts.Where(text => text.Item2.Length > 0), text => Assert.Equal(General(text.Item2), Plain(TableYaml.Read(text.Item1, text.Item2))));
    }

    [Theory]
    [InlineData("a: b # c\nd: [e, 'f: g', \"h\\n\"]")]
    [InlineData("a:\n  - b\n  - {c: d,\n     e: [f]}\ng:\n- h\n- i: j\n  k: l\n- - m\n  - n")]
    [InlineData("a: >-\n  b\n  c\nd: |-\n  e\n\n    f\ng: |\n  h\n")]
    [InlineData("a:\nb: ''\n'c d': e#f\n\"g: h\": it's")]
    [InlineData("- {id: a.b, x: 'it''s', y: -1, z: {}}\n# c\n- []")]
    [InlineData("--a --b: c\nx*: y:z")]
    public void What_it_reads_means_the_same(string text) => Assert.Equal(General(text), Plain(TableYaml.Read("t", text)));

    [Theory]
    [InlineData("")]
    [InlineData("a: b\n  c")]
    [InlineData("a: [b")]
    [InlineData("a: 'b")]
    [InlineData("a: &b c")]
    [InlineData("a: *b")]
    [InlineData("a: b: c")]
    [InlineData("a: {b}")]
    [InlineData("a: b\n c: d")]
    [InlineData("a\nb: c")]
    [InlineData("a: \"\\x41\"")]
    [InlineData("a: >+\n  b")]
    [InlineData("a: [b] c")]
    public void What_it_does_not_know_it_refuses(string text) => Assert.Contains("t:", Assert.Throws<InvalidDataException>(() => TableYaml.Read("t", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_nested_too_deep_it_refuses() =>
        Assert.Contains("deeper than 32", Assert.Throws<InvalidDataException>(() => TableYaml.Read("t", new string('[', 100_000))).Message, StringComparison.Ordinal);

    private static string General(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Plain(stream.Documents[0].RootNode);
    }

    private static string Plain(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"<{scalar.Value}>",
        YamlSequenceNode list => $"[{string.Join(',', list.Select(Plain))}]",
        YamlMappingNode map => $"{{{string.Join(',', map.Select(field => $"{((YamlScalarNode)field.Key).Value}={Plain(field.Value)}"))}}}",
        _ => throw new InvalidDataException("neither text, list nor map"),
    };

    private static string Plain(TableValue value) => value switch
    {
        { Text: { } text } => $"<{text}>",
        { Items: { } items } => $"[{string.Join(',', items.Select(Plain))}]",
        _ => $"{{{string.Join(',', value.Fields!.Select(field => $"{field.Key}={Plain(field.Value)}"))}}}",
    };
}
