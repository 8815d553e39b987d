using RunbookOperator.Api;

namespace RunbookOperator.Actions.Tests;

public sealed class DeepInputTests
{
    private static readonly ActionDeclaration Declaration = new(
        "test/deep", "A test.", ChangesState: true, [new("words", ActionInputType.List, "Words."), new("manifest", ActionInputType.Object, "An object.")]);

    [Theory]
    [InlineData("""{"words": "ls"}""", "the input words must be a list of texts")]
    [InlineData("""{"words": ["ls", 1]}""", "the input words must be a list of texts")]
    [InlineData("""{"words": ["ls", null]}""", "the input words must be a list of texts")]
    [InlineData("""{"manifest": ["a"]}""", "the input manifest must be an object")]
    [InlineData("""{"manifest": "a: b"}""", "the input manifest must be an object")]
    public void A_list_and_an_object_are_what_they_are_called(string with, string message) =>
        Assert.Equal(message, Assert.Throws<ActionException>(() => InputCheck.Check(Declaration, Inputs.Of(with))).Message);

    [Fact]
    public void Lists_and_objects_are_bounded()
    {
        var many = string.Join(", ", Enumerable.Repeat("\"a\"", Limits.LongList + 1));
        var longWord = new string('a', Limits.Value + 1);
        var large = new string('a', InputCheck.MaximumObjectBytes);
        Assert.Throws<ActionException>(() => InputCheck.Check(Declaration, Inputs.Of($$"""{"words": [{{many}}]}""")));
        Assert.Throws<ActionException>(() => InputCheck.Check(Declaration, Inputs.Of($$"""{"words": ["{{longWord}}"]}""")));
        Assert.Throws<ActionException>(() => InputCheck.Check(Declaration, Inputs.Of($$"""{"manifest": {"a": "{{large}}"} }""")));
    }

    [Fact]
    public void Variables_are_found_and_filled_at_any_depth()
    {
        var inputs = Inputs.Of("""{"words": ["ls", "${folder}"], "manifest": {"a": [{"b": "${value}"}], "c": 1}}""");

        InputCheck.Check(Declaration, inputs);
        Assert.Equal(["folder", "value"], inputs.VariableNames);
        Assert.True(inputs.IsOpen("words"));
        Assert.True(inputs.IsOpen("manifest"));

        var filled = inputs.Fill(new Dictionary<string, string> { ["folder"] = "/tmp", ["value"] = "x" }, out var missing);
        Assert.Null(missing);
        Assert.Equal(["ls", "/tmp"], filled.List("words"));
        Assert.Equal("""{"a":[{"b":"x"}],"c":1}""", filled.Object("manifest")!.ToJsonString());
        Assert.Empty(filled.VariableNames);
    }
}
