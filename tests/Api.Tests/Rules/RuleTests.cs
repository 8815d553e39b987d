using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Api.Tests.Rules;

/// <summary>Each rule says the same as CEL and as predicate.</summary>
public sealed class RuleTests
{
    private static readonly string Cel = Path.Combine(TestCluster.RepositoryRoot, "tests/environment/cel");

    [Fact]
    public async Task A_rule_gives_the_same_answer_as_CEL_and_as_predicate()
    {
        var questions = RuleCases.All.SelectMany(type => RulesOf(type.Key).Select(rule => new Question(type.Key, rule, [.. type.Value.Where(@case => rule.IsTransition == @case.Old is not null)]))).ToList();
        var input = new JsonArray([.. questions.Select(question => question.ToJson())]);

        var result = await Shell.RunAsync(Cel, [], new ShellOptions { Input = input.ToJsonString() }, CancellationToken.None);

        var answers = JsonNode.Parse(result.EnsureSuccess().Output)!.AsArray();
        Assert.Equal(questions.Count, answers.Count);
        var different = questions.Zip(answers).SelectMany(pair => pair.First.Different(pair.Second!.AsArray())).Take(5).ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public void Every_rule_is_kept_and_broken_by_some_case()
    {
        var idle = from type in RuleCases.All
                   from rule in RulesOf(type.Key)
                   let answers = type.Value.Where(@case => rule.IsTransition == @case.Old is not null).Select(@case => Holds(type.Key, rule, @case)).Distinct().Count()
                   where answers < 2
                   select rule.Cel;

        Assert.Empty(idle);
    }

    [Fact]
    public void Every_type_with_rules_has_cases() =>
        Assert.Equal(
            typeof(Rule).Assembly.GetTypes().Where(type => type.GetCustomAttribute<RulesAttribute>() is not null).Select(type => type.Name).Order(),
            RuleCases.All.Keys.Select(type => type.Name).Order());

    [Fact]
    public void A_broken_rule_is_told_with_its_place()
    {
        var spec = new RunbookSpec
        {
            Title = "x",
            Triggers = [new RunbookTrigger()],
            Steps =
            [
                new RunbookStep { Name = "a", Run = "true", Needs = ["b", "zz"] },
                new RunbookStep { Name = "b", Run = "true", Uses = "a/b", When = [new WhenExpression { Any = [new WhenCondition { Step = "a" }] }] },
            ],
        };

        Assert.Equal(
            [
                "spec.steps[0].needs[1]: needs names other steps of the runbook, earlier ones",
                "spec.triggers[0]: give one of alert or runbookURL: true",
                "spec.steps[1]: give exactly one of uses, run, manual or runbook",
                "spec.steps[1].when[0].any[0]: give an operator",
            ],
            RuleChecker.Check(spec).Select(broken => broken.ToString()));
    }

    [Fact]
    public void A_rule_about_a_change_says_nothing_of_what_is_new()
    {
        var old = new IncidentSpec { Key = "a", Notes = [new IncidentNote { Text = "x" }] };

        Assert.Empty(RuleChecker.Check(old));
        Assert.Empty(RuleChecker.Check(old with { Title = "new" }, old));
        Assert.Equal(["spec: notes are only added; those that are there stay as they are"], RuleChecker.Check(old with { Notes = null }, old).Select(broken => broken.ToString()));
    }

    private static IReadOnlyList<Rule> RulesOf(Type type) => type.GetCustomAttribute<RulesAttribute>()!.Rules;

    private static bool Holds(Type type, Rule rule, (JsonObject Self, JsonObject? Old) @case) =>
        !rule.Broken(Read(type, @case.Self)!, Read(type, @case.Old)).Any();

    private static object? Read(Type type, JsonObject? value) => value?.Deserialize(ApiJson.Default.GetTypeInfo(type)!);

    private sealed record Question(Type Type, Rule Rule, IReadOnlyList<(JsonObject Self, JsonObject? Old)> Cases)
    {
        public JsonObject ToJson() => new() { ["cel"] = Rule.Cel, ["cases"] = new JsonArray([.. Cases.Select(Values)]) };

        public IEnumerable<string> Different(JsonArray answers)
        {
            Assert.Equal(Cases.Count, answers.Count);
            return Cases.Zip(answers)
                .Where(pair => pair.Second!.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) || (bool)pair.Second! != Holds(Type, Rule, pair.First))
                .Select(pair => $"{Type.Name}: {Rule.Cel}\n  CEL says {pair.Second}, the predicate {Holds(Type, Rule, pair.First)} of {Values(pair.First).ToJsonString()}");
        }

        private static JsonObject Values((JsonObject Self, JsonObject? Old) @case)
        {
            var values = new JsonObject { ["self"] = @case.Self.DeepClone() };
            if (@case.Old is { } old)
            {
                values["oldSelf"] = old.DeepClone();
            }

            return values;
        }
    }
}
