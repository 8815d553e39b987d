using System.Text.Json.Nodes;
using RunbookOperator.Cli.Rendering;
using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class MachineTextTests
{
    public static readonly TheoryData<string> Texts =
        ["plain", "", " ", "true", "No", "null", "1", "1.5", "0x1F", "2026-01-01", "-", "- a", "a: b", "a #b", "#", "'q'", "\"d\"", "[x]", "{x}", "&a", "*a",
            "!t", "|", ">", "%", "@", "`", "two\nlines", "ends\n", "\n", " leading\nspace", "\u001b[2J", "a\u202eb", "a\u0085b", "tab\tin", "back\\slash", "~", "key:", "東京 🚀"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_survives_yaml_and_harms_no_terminal(string text)
    {
        var yaml = MachineText.Yaml(new JsonObject { ["list"] = new JsonArray(text), ["text"] = text });
        Assert.All(yaml.EnumerateRunes(), rune => Assert.True(rune.Value == '\n' || Plain.IsHarmless(rune)));
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var scalar = (YamlScalarNode)root.Children["text"];
        Assert.Equal(text, scalar.Value);
        Assert.Equal(text, ((YamlScalarNode)((YamlSequenceNode)root.Children["list"])[0]).Value);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("1e3")]
    [InlineData("no")]
    public void A_text_that_looks_like_something_else_is_quoted(string text) =>
        Assert.Equal($"a: \"{text}\"\n", MachineText.Yaml(new JsonObject { ["a"] = text }));

    [Fact]
    public void Yaml_is_what_kubectl_would_print()
    {
        var value = new JsonObject
        {
            ["kind"] = "Incident", ["count"] = 3, ["ok"] = true, ["none"] = null, ["empty"] = new JsonObject(), ["items"] = new JsonArray(new JsonObject { ["a"] = "b", ["c"] = "d" }),
        };
        Assert.Equal("kind: Incident\ncount: 3\nok: true\nnone: null\nempty: {}\nitems:\n- a: b\n  c: d\n", MachineText.Yaml(value));
    }

    [Fact]
    public void Json_is_indented_by_four_as_kubectl_does() =>
        Assert.Equal("{\n    \"a\": \"<b> 'c'\"\n}\n", MachineText.Json(new JsonObject { ["a"] = "<b> 'c'" }));

    [Fact]
    public void Json_writes_what_a_terminal_obeys_as_escapes()
    {
        var line = MachineText.JsonLine(new JsonObject { ["a"] = "\u001b[2J\u202e\u009b\u2028" });
        Assert.Equal("{\"a\":\"\\u001b[2J\\u202e\\u009b\\u2028\"}", line, ignoreCase: true);
        Assert.Equal("\u001b[2J\u202e\u009b\u2028", (string?)JsonNode.Parse(line)!["a"]);
    }
}
