using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests;

/// <summary>The checker that runs after scenarios finds what it is there to find.</summary>
public sealed class StatusInvariantsTests
{
    private static readonly HashSet<string> Reasons = ["Fine", "Waiting"];

    [Fact]
    public void A_status_at_rest_holds()
    {
        Assert.Empty(Broken("""[{"type":"Ready","status":"True","reason":"Fine","message":"","lastTransitionTime":"t","observedGeneration":2}]"""));
        Assert.Empty(Broken("""
            [{"type":"Ready","status":"False","reason":"Waiting","message":"","lastTransitionTime":"t"},
             {"type":"Reconciling","status":"True","reason":"Waiting","message":"","lastTransitionTime":"t"}]
            """));
    }

    [Theory]
    [InlineData("""[]""", "there is no condition Ready")]
    [InlineData("""[{"type":"Ready","status":"Yes","reason":"Fine","lastTransitionTime":"t"}]""", "Ready is Yes")]
    [InlineData("""[{"type":"Ready","status":"True","reason":"all fine","lastTransitionTime":"t"}]""", "the reason of Ready, \"all fine\", is not one CamelCase word")]
    [InlineData("""[{"type":"Ready","status":"True","reason":"Unheard","lastTransitionTime":"t"}]""", "the reason of Ready, Unheard, is not declared")]
    [InlineData("""[{"type":"Ready","status":"True","reason":"Fine"}]""", "Ready does not say since when")]
    [InlineData("""[{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t","observedGeneration":3}]""", "Ready was observed for a generation beyond 2")]
    [InlineData(
        """[{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t"},{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t"}]""",
        "there are several conditions Ready")]
    [InlineData(
        """[{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t"},{"type":"Stalled","status":"True","reason":"Fine","lastTransitionTime":"t"}]""",
        "Ready and Stalled are both True")]
    [InlineData(
        """[{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t"},{"type":"Stalled","status":"False","reason":"Fine","lastTransitionTime":"t"}]""",
        "Stalled is False: it is to be there only while True")]
    public void What_does_not_hold_is_told(string conditions, string problem) => Assert.Equal([problem], Broken(conditions));

    [Theory]
    [InlineData(1, "at rest, but only generation 1 of 2 was observed")]
    [InlineData(3, "observedGeneration 3 is beyond generation 2")]
    public void The_generation_observed_is_the_present_one(int observed, string problem) =>
        Assert.Equal([problem], Broken("""[{"type":"Ready","status":"True","reason":"Fine","lastTransitionTime":"t"}]""", observed));

    [Fact]
    public void All_is_told_at_once_and_of_whom()
    {
        var objects = (JsonObject[])[Object("[]", 2), Object("[]", 3)];

        var problem = Assert.Throws<InvalidOperationException>(() => StatusInvariants.Ensure(objects, "Ready", Reasons)).Message;

        Assert.Equal(3, problem.Split('\n').Length);
        Assert.StartsWith("Thing x: ", problem, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Broken(string conditions, int observed = 2) => StatusInvariants.Broken(Object(conditions, observed), "Ready", Reasons);

    private static JsonObject Object(string conditions, int observed) => JsonNode.Parse($$$"""
        {"kind": "Thing", "metadata": {"name": "x", "generation": 2}, "status": {"observedGeneration": {{{observed}}}, "conditions": {{{conditions}}}}}
        """)!.AsObject();
}
