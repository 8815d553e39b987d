using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class JsonPatchTests
{
    private const string Document = """{"a": {"b": [1, 2], "c/d": "x"}, "e": null}""";

    [Theory]
    [InlineData("""{"op": "add", "path": "/a/n", "value": 5}""", """{"a":{"b":[1,2],"c/d":"x","n":5},"e":null}""")]
    [InlineData("""{"op": "add", "path": "/a/b/-", "value": 3}""", """{"a":{"b":[1,2,3],"c/d":"x"},"e":null}""")]
    [InlineData("""{"op": "add", "path": "/a/b/0", "value": 0}""", """{"a":{"b":[0,1,2],"c/d":"x"},"e":null}""")]
    [InlineData("""{"op": "replace", "path": "/a/c~1d", "value": "y"}""", """{"a":{"b":[1,2],"c/d":"y"},"e":null}""")]
    [InlineData("""{"op": "remove", "path": "/a/b/1"}""", """{"a":{"b":[1],"c/d":"x"},"e":null}""")]
    [InlineData("""{"op": "test", "path": "/a/b", "value": [1, 2]}""", """{"a":{"b":[1,2],"c/d":"x"},"e":null}""")]
    public void An_operation_changes_its_place_only(string operation, string expected)
    {
        var before = JsonNode.Parse(Document)!.AsObject();
        Assert.Equal(expected, JsonPatchOperation.Apply(before, [JsonPatchOperation.Read(JsonNode.Parse(operation)!.AsObject())]).ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Document), before));
    }

    [Theory]
    [InlineData("""{"op": "replace", "path": "/a/none", "value": 5}""", "there is no /a/none to replace")]
    [InlineData("""{"op": "remove", "path": "/a/b/2"}""", "there is no /a/b/2 to remove")]
    [InlineData("""{"op": "add", "path": "/a/b/01", "value": 5}""", "there is no /a/b/01 to add")]
    [InlineData("""{"op": "add", "path": "/none/x", "value": 5}""", "there is no /none/x to add")]
    [InlineData("""{"op": "test", "path": "/a/b/0", "value": 2}""", "/a/b/0 is not what the patch expects")]
    public void An_operation_that_does_not_fit_is_refused(string operation, string message)
    {
        var read = JsonPatchOperation.Read(JsonNode.Parse(operation)!.AsObject());
        var exception = Assert.Throws<ActionException>(() => JsonPatchOperation.Apply(JsonNode.Parse(Document)!.AsObject(), [read]));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("""{"op": "move", "from": "/a", "path": "/b"}""", "op must be one of add, remove, replace, test")]
    [InlineData("""{"op": "add", "path": "/a", "value": 1, "from": "/b"}""", "an operation has op, path and value, not from")]
    [InlineData("""{"op": "add", "path": "/a"}""", "the operation add needs a value")]
    [InlineData("""{"op": "remove", "path": "a"}""", "path must be a JSON pointer such as /spec/paused")]
    [InlineData("""{"op": "remove", "path": "/"}""", "path must be a JSON pointer such as /spec/paused")]
    [InlineData("""{"op": "remove"}""", "path must be a JSON pointer such as /spec/paused")]
    public void What_is_no_operation_is_refused(string operation, string message) =>
        Assert.Equal(message, Assert.Throws<ActionException>(() => JsonPatchOperation.Read(JsonNode.Parse(operation)!.AsObject())).Message);

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 2}""", """{"a":2}""", """{"a":1}""")]
    [InlineData("""{"a": 1}""", """{"a": 1, "b": {"c": 1}}""", """{"b":{"c":1}}""", """{"b":{"c":null}}""")]
    [InlineData("""{"a": {"b": 1, "c": 2}}""", """{"a": {"b": 1}}""", """{"a":{"c":null}}""", """{"a":{"c":2}}""")]
    [InlineData("""{"a": [1, {"n": null}]}""", """{"a": []}""", """{"a":[]}""", """{"a":[1,{"n":null}]}""")]
    [InlineData("""{"a": {"b": 1}}""", """{"a": 3}""", """{"a":3}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a": 1}""", """{"a": 1}""", "{}", "{}")]
    public void A_record_says_what_is_set_and_what_takes_it_back(string before, string after, string set, string back)
    {
        var (old, now) = (JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject());
        var record = PatchRecord.Read(PatchRecord.Of(old, now).ToSeen())!;
        Assert.Equal(set, record.Set.ToJsonString());
        Assert.Equal(back, record.Back.ToJsonString());
        Assert.True(record.HoldsIn(now));
        Assert.Equal(set == "{}", record.HoldsIn(old));
        Assert.True(JsonNode.DeepEquals(now, MergeDocument.Apply(old, record.Set)));
    }

    [Fact]
    public void What_others_added_beside_it_stays_when_it_is_taken_back()
    {
        var before = JsonNode.Parse("""{"metadata": {}}""")!.AsObject();
        var record = PatchRecord.Of(before, MergeDocument.Apply(before, JsonNode.Parse("""{"metadata": {"labels": {"a": "1"}}}""")!.AsObject()));
        var later = JsonNode.Parse("""{"metadata": {"labels": {"a": "1", "b": "2"}}}""")!.AsObject();
        Assert.Equal("""{"metadata":{"labels":{"b":"2"}}}""", MergeDocument.Apply(later, record.Back).ToJsonString());
    }
}
