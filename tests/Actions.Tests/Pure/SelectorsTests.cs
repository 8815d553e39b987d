using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class SelectorsTests
{
    [Theory]
    [InlineData("""{"matchLabels": {"app": "web", "tier": "a"}}""", "app=web,tier=a")]
    [InlineData("""{"app": "web"}""", "app=web")]
    [InlineData("""{"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["1", "2"]}, {"key": "b", "operator": "Exists"}]}""",
        "app=web,a in (1,2),b")]
    [InlineData("""{"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["1"]}, {"key": "b", "operator": "DoesNotExist"}]}""", "a notin (1),!b")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public void A_selector_is_written_as_lists_take_it(string selector, string? expected) => Assert.Equal(expected, Selectors.Of(JsonNode.Parse(selector)));
}
