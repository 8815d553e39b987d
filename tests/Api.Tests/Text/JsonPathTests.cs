using System.Text.Json.Nodes;

namespace RunbookOperator.Api.Tests;

public sealed class JsonPathTests
{
    private static readonly JsonNode Pods = JsonNode.Parse("""
        {"kind": "List", "count": 2, "ready": true, "none": null, "a.b": "dotted", "with space": 1,
         "items": [
           {"metadata": {"name": "web-0", "labels": {"app.kubernetes.io/name": "web"}}, "status": {"conditions": [{"type": "Ready", "status": "False"}, {"type": "Other", "status": "True"}]}},
           {"metadata": {"name": "web-1"}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}
        """)!;

    [Theory]
    [InlineData("{.kind}", "List")]
    [InlineData(".kind", "List")]
    [InlineData("kind", "List")]
    [InlineData("$.kind", "List")]
    [InlineData("{.count}", "2")]
    [InlineData("{.ready}", "true")]
    [InlineData("{.none}", null)]
    [InlineData("{.missing.deeper}", null)]
    [InlineData("{.items[0].metadata.name}", "web-0")]
    [InlineData("{.items[-1].metadata.name}", "web-1")]
    [InlineData("{.items[2].metadata.name}", null)]
    [InlineData("{.items[*].metadata.name}", "web-0 web-1")]
    [InlineData("{.items.*.metadata.name}", "web-0 web-1")]
    [InlineData("{['kind']}", "List")]
    [InlineData("{['with space']}", "1")]
    [InlineData("{[\"a.b\"]}", "dotted")]
    [InlineData("{.a\\.b}", "dotted")]
    [InlineData("{.items[0].metadata.labels.app\\.kubernetes\\.io/name}", "web")]
    [InlineData("{.items[0].metadata.labels}", "{\"app.kubernetes.io/name\":\"web\"}")]
    [InlineData("{.items[1].status.conditions[?(@.type==\"Ready\")].status}", "True")]
    [InlineData("{.items[*].status.conditions[?(@.type=='Ready')].status}", "False True")]
    [InlineData("{.items[?(@.metadata.name==\"web-1\")].metadata.name}", "web-1")]
    [InlineData("{.items[?(@.metadata.name==\"none\")].metadata.name}", null)]
    public void A_path_takes_values_out_as_kubectl_does(string path, string? value)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed, out var error), error);
        Assert.Equal(value, parsed.Find(Pods));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{.}")]
    [InlineData("{..name}")]
    [InlineData("{.items[}")]
    [InlineData("{.items[0:2]}")]
    [InlineData("{.items['a}")]
    [InlineData("{.items[?(@.a)]}")]
    [InlineData("{.items[?(@.a==)]}")]
    [InlineData("{.items[?(@.a>1)]}")]
    [InlineData("{.a}{.b}")]
    [InlineData("{range .items[*]}")]
    public void What_is_not_understood_is_refused(string path)
    {
        Assert.False(JsonPath.TryParse(path, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_path_has_a_bounded_number_of_parts()
    {
        Assert.True(JsonPath.TryParse("{" + string.Concat(Enumerable.Repeat(".a", Limits.PathParts)) + "}", out _, out _));
        Assert.False(JsonPath.TryParse("{" + string.Concat(Enumerable.Repeat(".a", Limits.PathParts + 1)) + "}", out _, out var error));
        Assert.Equal("it has more than 20 parts", error);
    }
}
