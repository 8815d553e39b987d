using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api.Tests;

public sealed partial class CrdSchemaTests
{
    private const int LongestRule = 600;
    private const int LongestMessage = 120;

    [Fact]
    public void Every_string_list_and_map_has_a_bound() => Assert.Empty(Schema.All().Where(entry => !IsBounded(entry.Schema)).Select(entry => entry.Path));

    [Fact]
    public void Every_field_has_a_description() =>
        Assert.Empty(Schema.All()
            .Where(entry => !entry.Path.EndsWith("[]", StringComparison.Ordinal) && !entry.Path.EndsWith("{}", StringComparison.Ordinal))
            .Where(entry => string.IsNullOrWhiteSpace((string?)entry.Schema["description"]))
            .Select(entry => entry.Path));

    [Fact]
    public void A_description_is_a_sentence_without_markup() =>
        Assert.Empty(Schema.All()
            .Where(entry => (string?)entry.Schema["description"] is { } text
                && (!text.EndsWith('.') || text.Contains("  ", StringComparison.Ordinal) || text.Contains("<c>", StringComparison.Ordinal)))
            .Select(entry => entry.Path));

    [Fact]
    public void The_key_of_a_keyed_list_is_required() =>
        Assert.Empty(Schema.All()
            .Where(entry => (string?)entry.Schema["x-kubernetes-list-type"] == "map")
            .Where(entry => !Names(entry.Schema["items"]!["required"]).Contains((string?)entry.Schema["x-kubernetes-list-map-keys"]![0]))
            .Select(entry => entry.Path));

    [Fact]
    public void A_required_field_has_no_default_and_exists() =>
        Assert.Empty(Schema.All()
            .SelectMany(entry => Names(entry.Schema["required"]).Select(name => (entry.Path, Name: name, Field: entry.Schema["properties"]![name!])))
            .Where(entry => entry.Field is null || entry.Field.AsObject().ContainsKey("default"))
            .Select(entry => $"{entry.Path}.{entry.Name}"));

    [Fact]
    public void A_default_is_one_of_the_values_and_matches_the_pattern() =>
        Assert.Empty(Schema.All()
            .Where(entry => entry.Schema["default"] is JsonValue value && value.TryGetValue<string>(out var text) && !Allows(entry.Schema, text))
            .Select(entry => entry.Path));

    [Fact]
    public void A_rule_is_short_and_its_message_says_what_to_do_in_one_line()
    {
        var rules = Rules().ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Assert.InRange(rule.Text.Length, 1, LongestRule);
            Assert.InRange(rule.Message.Length, 1, LongestMessage);
            Assert.DoesNotContain('\n', rule.Text + rule.Message);
        });
    }

    [Fact]
    public void A_rule_names_fields_that_exist() =>
        Assert.Empty(Rules()
            .SelectMany(rule => FieldsOf().Matches(rule.Text).Select(match => (rule.Path, Name: match.Groups["name"].Value, rule.Schema)))
            .Where(use => use.Schema["properties"]![use.Name] is null)
            .Select(use => $"{use.Path}.{use.Name}"));

    [Fact]
    public void The_status_of_something_new_looks_unfinished()
    {
        var statuses = Schema.All().Where(entry => entry.Path.EndsWith(".status", StringComparison.Ordinal) && !entry.Path.StartsWith("RunbookApproval", StringComparison.Ordinal)
            && entry.Path.Count(c => c == '.') == 1).ToList();

        Assert.Equal(6, statuses.Count);
        Assert.All(statuses, status => Assert.Equal("""{"observedGeneration":-1}""", status.Schema["default"]?.ToJsonString()));
    }

    [Fact]
    public void Steps_are_bounded_and_keyed_by_name()
    {
        var steps = Schema.All().Single(entry => entry.Path == "Runbook.spec.steps").Schema;

        Assert.Equal(Limits.Steps, (int?)steps["maxItems"]);
        Assert.Equal(1, (int?)steps["minItems"]);
        Assert.Equal("map", (string?)steps["x-kubernetes-list-type"]);
        Assert.Equal("name", (string?)steps["x-kubernetes-list-map-keys"]![0]);
        Assert.Equal(["name"], Names(steps["items"]!["required"]));
        Assert.Equal(["safe", "caution", "dangerous"], Names(steps["items"]!["properties"]!["risk"]!["enum"]));
        Assert.Equal("true", steps["items"]!["properties"]!["with"]!["x-kubernetes-preserve-unknown-fields"]!.ToJsonString());
    }

    private static IEnumerable<(string Path, string Text, string Message, JsonObject Schema)> Rules() =>
        from entry in Schema.All()
        where entry.Schema.ContainsKey("x-kubernetes-validations")
        from rule in entry.Schema["x-kubernetes-validations"]!.AsArray()
        select (entry.Path, (string)rule!["rule"]!, (string)rule["message"]!, entry.Schema);

    private static bool IsBounded(JsonObject schema) => (string?)schema["type"] switch
    {
        "string" => schema.ContainsKey("maxLength") || schema.ContainsKey("enum") || (string?)schema["format"] == "date-time",
        "array" => schema.ContainsKey("maxItems"),
        "object" => schema.ContainsKey("properties") || schema.ContainsKey("maxProperties"),
        "integer" or "boolean" => true,
        _ => false,
    };

    private static bool Allows(JsonObject schema, string text) =>
        (schema["enum"] is null || Names(schema["enum"]).Contains(text))
        && ((string?)schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking))
        && ((int?)schema["maxLength"] is not { } maximum || text.Length <= maximum);

    private static List<string?> Names(JsonNode? array) => [.. (array as JsonArray ?? []).Select(item => (string?)item)];

    [GeneratedRegex(@"\b(self|oldSelf)\.(?<name>[a-zA-Z]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FieldsOf();
}
