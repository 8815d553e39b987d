using System.Text.Json.Nodes;

namespace RunbookOperator.Api.Tests.Rules;

public sealed class NotActedUponTests
{
    private static readonly Dictionary<string, JsonObject> Schemas = Schema.All().ToDictionary(entry => entry.Path, entry => entry.Schema, StringComparer.Ordinal);

    public static TheoryData<string, string> Fields
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (kind, path) in NotActedUpon.All)
            {
                data.Add(kind, path);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_that_is_not_acted_upon_is_in_the_schema_and_found(string kind, string path)
    {
        var field = NotActedUpon.All.Single(field => (field.Kind, field.Path) == (kind, path));
        Assert.True(Schemas.TryGetValue($"{kind}.{path}", out var schema), $"{kind} has no {path}");
        Assert.Equal(field.Harmless is { } harmless ? JsonNode.Parse(harmless)!.ToJsonString() : null, schema["default"]?.ToJsonString() is { } standard && field.Values.Count == 0 ? standard : null);

        foreach (var value in field.Values.Count > 0 ? field.Values.Select(value => (JsonNode)value) : [new JsonObject { ["x"] = 1 }])
        {
            var uses = NotActedUpon.In(kind, With(path, value));

            Assert.Equal([path.Replace("[]", "[0]", StringComparison.Ordinal)], uses.Select(use => use.Path));
        }
    }

    [Fact]
    public void The_values_of_the_table_are_values_of_the_schema() =>
        Assert.All(
            NotActedUpon.All.SelectMany(field => field.Values.Select(value => (Path: $"{field.Kind}.{field.Path}", Value: value))),
            use => Assert.Contains(use.Value, Schemas[use.Path]["enum"]!.AsArray().Select(value => (string?)value)));

    [Fact]
    public void No_field_stands_twice() => Assert.Equal(NotActedUpon.All.Count, NotActedUpon.All.Select(field => (field.Kind, field.Path)).Distinct().Count());

    [Theory]
    [InlineData("Runbook", "spec.triggers[].runbookURL", "false")]
    [InlineData("Runbook", "spec.steps[].onFailure", "\"Continue\"")]
    [InlineData("Runbook", "spec.history.succeeded", "20")]
    [InlineData("Runbook", "spec.notify", null)]
    [InlineData("RunbookRepository", "spec.kinds", "[\"Runbook\"]")]
    [InlineData("Incident", "spec.notes", "[]")]
    [InlineData("Nothing", "spec.notes", "[]")]
    public void What_happens_anyway_is_no_use(string kind, string path, string? value) =>
        Assert.Empty(NotActedUpon.In(kind, With(path, value is null ? null : JsonNode.Parse(value))));

    [Fact]
    public void An_empty_list_is_a_use() => Assert.NotEmpty(NotActedUpon.In("Runbook", With("spec.notify", new JsonArray())));

    [Fact]
    public void Uses_are_told_with_their_place_and_the_first_three_by_name()
    {
        var runbook = new Runbook
        {
            Spec = new RunbookSpec
            {
                Title = "x",
                DependsOn = ["db"],
                Triggers = [new RunbookTrigger { Alert = new AlertTrigger { Matchers = ["a=b"] } }, new RunbookTrigger { RunbookUrl = true }],
                Notify = ["here"],
                ReviewBy = "2027-01-31",
                Steps = [new RunbookStep { Name = "a", Run = "true" }],
            },
        };

        Assert.Equal(
            "spec.dependsOn is not acted upon by this version; remove it; spec.triggers[1].runbookURL is not acted upon by this version; remove it; "
                + "spec.notify is not acted upon by this version; remove it; and 1 more",
            NotActedUpon.Tell(NotActedUpon.In(runbook)));
        Assert.Equal(
            "spec.pullRequests.provider: github is not acted upon by this version; give another value",
            NotActedUpon.In("RunbookRepository", With("spec.pullRequests.provider", "github"))[^1].ToString());
    }

    private static JsonObject With(string path, JsonNode? value)
    {
        var parts = path.Split('.');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var isList = parts[i].EndsWith("[]", StringComparison.Ordinal);
            value = new JsonObject { [isList ? parts[i][..^2] : parts[i]] = isList ? new JsonArray(value) : value };
        }

        return (JsonObject)value!;
    }
}
