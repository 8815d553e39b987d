using System.Text.Json.Nodes;

namespace RunbookOperator.Api.Tests.Text;

public sealed class MergeDiffTests
{
    [Theory]
    [InlineData("{}", "{}", null)]
    [InlineData("null", "{}", null)]
    [InlineData("null", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1}""", null)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{"a":{"x":1,"y":2}}""", """{"a":{"x":1,"y":3}}""", """{"a":{"y":3}}""")]
    [InlineData("""{"a":{"x":1}}""", """{"a":{}}""", """{"a":{"x":null}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":{"x":1}}""", """{"a":"x"}""", """{"a":"x"}""")]
    [InlineData("""{"a":"x"}""", """{"a":{"x":1}}""", """{"a":{"x":1}}""")]
    public void It_holds_what_changed_and_nothing_else(string before, string after, string? patch) =>
        Assert.True(JsonNode.DeepEquals(patch is null ? null : JsonNode.Parse(patch), MergeDiff.Of(JsonNode.Parse(before)?.AsObject(), JsonNode.Parse(after)!.AsObject())));

    [Fact]
    public void Applied_to_what_was_before_it_gives_what_is_after_and_leaves_what_nobody_knows()
    {
        var dice = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var (before, after) = (Any(dice, 3), Any(dice, 3));
            var stored = before.DeepClone().AsObject();
            stored["of-another-version"] = new JsonObject { ["x"] = 1 };
            if (MergeDiff.Of(before, after) is { } patch)
            {
                Apply(stored, patch);
            }

            Assert.True(stored.Remove("of-another-version"));
            Assert.True(JsonNode.DeepEquals(after, stored), $"{before.ToJsonString()} -> {after.ToJsonString()}");
        }
    }

    // RFC 7386, section 2.
    private static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                var into = target[name] as JsonObject ?? [];
                Apply(into, inner);
                if (into.Parent is null)
                {
                    target[name] = into;
                }
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static JsonObject Any(Random dice, int depth)
    {
        var value = new JsonObject();
        for (var i = dice.Next(4); i > 0; i--)
        {
            value["abc"[dice.Next(3)].ToString()] = dice.Next(depth > 0 ? 4 : 2) switch
            {
                0 => dice.Next(3),
                1 => "t" + dice.Next(2),
                2 => new JsonArray(dice.Next(2), Any(dice, 0)),
                _ => Any(dice, depth - 1),
            };
        }

        return value;
    }
}
