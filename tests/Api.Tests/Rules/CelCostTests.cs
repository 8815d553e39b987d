using System.Text.Json.Nodes;
using RunbookOperator.Generator;
using RunbookOperator.Generator.Cel;

namespace RunbookOperator.Api.Tests.Rules;

public sealed class CelCostTests
{
    private const string Schema = """
        {"type":"object","properties":{
          "text":{"type":"string","maxLength":100},
          "kind":{"type":"string","enum":["a","bcd"]},
          "at":{"type":"string","format":"date-time"},
          "list":{"type":"array","maxItems":50,"items":{"type":"object","properties":{
            "name":{"type":"string","maxLength":40},
            "inner":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":40}}}}},
          "unbounded":{"type":"array","items":{"type":"string","maxLength":1}},
          "map":{"type":"object","maxProperties":20,"additionalProperties":{"type":"string","maxLength":10}}}}
        """;

    // Worked out by hand: a field costs 1, a variable 1, a comparison the texts it reads, a loop its turns.
    [Theory]
    [InlineData("has(self.text)", 2)]
    [InlineData("!has(self.text)", 3)]
    [InlineData("has(self.text) || has(self.kind)", 4)]
    [InlineData("has(self.text) ? has(self.kind) && has(self.at) : has(self.kind)", 6)]
    [InlineData("self.text == 'abc'", 4)]
    [InlineData("self.text == self.text", 45)]
    [InlineData("self.kind in ['a', 'b']", 14)]
    [InlineData("self.list.size() > 0", 4)]
    [InlineData("self.list.all(x, has(x.name))", 353)]
    [InlineData("self.list.all(x, x.inner.all(y, y == x.name))", 12903)]
    [InlineData("[has(self.text), has(self.kind)].filter(x, x).size() == 1", 53)]
    [InlineData("duration(self.text) >= duration('10s')", 46)]
    public void A_rule_costs_what_it_reads(string rule, double cost) => Assert.Equal(cost, CelCost.Of(rule, Parse(Schema)));

    [Theory]
    [InlineData("self.other == 'a'", "there is no field other")]
    [InlineData("x == 'a'", "there is no variable x")]
    [InlineData("self.unbounded.all(x, x == 'a')", "without maxItems")]
    [InlineData("self.list.map(x, x.name).all(y, y == 'a')", "the method map has no cost here")]
    [InlineData("self.list.filter(x, has(x.name)).all(y, has(y.name))", "a loop over what the rule itself made")]
    [InlineData("self.text.matches('a')", "the method matches has no cost here")]
    public void A_rule_whose_cost_cannot_be_told_is_refused(string rule, string why) =>
        Assert.Contains(why, Assert.Throws<NotSupportedException>(() => CelCost.Of(rule, Parse(Schema))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("has(self.text")]
    [InlineData("self.text ==")]
    [InlineData("self.text = 'a'")]
    [InlineData("self.text == 'a")]
    [InlineData("self.text 'a'")]
    [InlineData("")]
    public void What_is_no_CEL_is_refused(string rule) => Assert.Throws<FormatException>(() => CelCost.Of(rule, Parse(Schema)));

    [Fact]
    public void A_rule_over_the_budget_fails_the_generation()
    {
        var within = Parse("""{"type":"array","maxItems":200,"items":{"type":"object","properties":{"list":{"type":"array","maxItems":200,"items":{"type":"string","maxLength":250}}}}}""");
        within["items"]!["x-kubernetes-validations"] = Rules("self.list.all(x, x == 'a')");
        CelBudget.Check("Some", within);

        var over = (JsonObject)within.DeepClone();
        over["items"]!["x-kubernetes-validations"] = Rules("self.list.all(x, self.list.all(y, x == y))");

        Assert.Contains("costs up to", Assert.Throws<InvalidOperationException>(() => CelBudget.Check("Some", over)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_are_over_the_budget_together_fail_the_generation()
    {
        var schema = Parse("""{"type":"array","maxItems":1000,"items":{"type":"object","properties":{"list":{"type":"array","maxItems":1000,"items":{"type":"string","maxLength":1}}}}}""");
        schema["items"]!["x-kubernetes-validations"] = Rules([.. Enumerable.Repeat("self.list.all(x, x == 'a')", 12)]);
        CelBudget.Check("Some", schema);

        schema["items"]!["x-kubernetes-validations"] = Rules([.. Enumerable.Repeat("self.list.all(x, x == 'a')", 13)]);

        Assert.Contains("together", Assert.Throws<InvalidOperationException>(() => CelBudget.Check("Some", schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_of_every_kind_are_far_below_the_budget()
    {
        var documentation = new XmlDocumentation();
        foreach (var kind in CrdFiles.Kinds)
        {
            var root = (JsonObject)new CrdBuilder(documentation, Dialect.Current).Build(kind)["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;
            var costs = CelBudget.Costs(kind.Name, root).ToList();

            Assert.All(costs, cost => Assert.InRange(cost.Cost, 1, CelBudget.Rule / 4));
            Assert.InRange(costs.Sum(cost => cost.Cost), 1, CelBudget.Definition / 20);
        }
    }

    private static JsonArray Rules(params string[] rules) => [.. rules.Select(rule => (JsonNode)new JsonObject { ["rule"] = rule, ["message"] = "x" })];

    private static JsonObject Parse(string schema) => (JsonObject)JsonNode.Parse(schema)!;
}
