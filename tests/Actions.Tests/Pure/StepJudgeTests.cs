using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class StepJudgeTests
{
    private const string Restart = """{"kind": "Deployment", "name": "web"}""";

    private static readonly StepJudge Judge = new(ActionCatalog.Default, new RiskClassifier());

    [Theory]
    [InlineData("kubernetes/get", """{"kind": "Pod"}""", RiskLevel.Safe)]
    [InlineData("kubernetes/get", """{"kind": "Secret"}""", RiskLevel.Safe)]
    [InlineData("kubernetes/logs", """{"selector": "app=web"}""", RiskLevel.Safe)]
    [InlineData("kubernetes/events", "{}", RiskLevel.Safe)]
    [InlineData("kubernetes/wait", """{"kind": "Job", "name": "a", "for": "Complete"}""", RiskLevel.Safe)]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 3}""", RiskLevel.Caution)]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 0}""", RiskLevel.Caution)]
    [InlineData("kubernetes/rollout-restart", Restart, RiskLevel.Caution)]
    [InlineData("kubernetes/rollout-undo", Restart, RiskLevel.Caution)]
    [InlineData("kubernetes/delete", "{}", RiskLevel.Dangerous)]
    [InlineData("kubernetes/Get", """{"kind": "Pod"}""", RiskLevel.Dangerous)]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web"}""", RiskLevel.Dangerous)]
    [InlineData("kubernetes/scale", """{"kind": "Deployment", "name": "web", "replicas": 3, "force": true}""", RiskLevel.Dangerous)]
    public void A_typed_action_has_the_risk_it_states(string uses, string with, RiskLevel expected)
    {
        var verdict = Judge.Judge(Uses(uses, with), []);
        Assert.Equal(expected, verdict.Level);
        Assert.NotEmpty(verdict.Reasons);
    }

    [Fact]
    public void A_typed_action_says_what_it_touches_and_what_undoes_it()
    {
        var verdict = Judge.Judge(Uses("kubernetes/scale", """{"kind": "Deployment", "name": "web", "namespace": "shop", "replicas": 3}"""), []);
        Assert.Equal("Deployment shop/web", verdict.Touches);
        Assert.Equal("Scale back to the replicas it had before.", verdict.Undo);
    }

    [Fact]
    public void A_command_has_the_classifiers_risk_and_reasons()
    {
        var verdict = Judge.Judge(new RunbookStep { Name = "a", Run = "frobnicate --all" }, []);
        var expected = new RiskClassifier().Classify("frobnicate --all");
        Assert.Equal(expected.Level, verdict.Level);
        Assert.Equal(expected.Reasons.Select(reason => reason.Message).Distinct(), verdict.Reasons);
    }

    [Fact]
    public void A_manual_step_is_caution_and_says_that_a_person_does_it()
    {
        var verdict = Judge.Judge(new RunbookStep { Name = "a", Manual = "Call the vendor." }, []);
        Assert.Equal(RiskLevel.Caution, verdict.Level);
        Assert.Equal(["a person does this by hand"], verdict.Reasons);
    }

    [Theory]
    [InlineData("kubernetes/get", """{"kind": "Pod"}""", "caution", RiskLevel.Caution)]
    [InlineData("kubernetes/get", """{"kind": "Pod"}""", "dangerous", RiskLevel.Dangerous)]
    [InlineData("kubernetes/rollout-restart", Restart, "safe", RiskLevel.Caution)]
    [InlineData("kubernetes/rollout-restart", Restart, "Safe", RiskLevel.Dangerous)]
    [InlineData("kubernetes/unknown", "{}", "safe", RiskLevel.Dangerous)]
    public void A_declared_risk_raises_and_never_lowers(string uses, string with, string declared, RiskLevel expected) =>
        Assert.Equal(expected, Judge.Judge(Uses(uses, with) with { Risk = declared }, []).Level);

    [Fact]
    public void A_raised_risk_says_that_it_was_declared() =>
        Assert.Equal("declared dangerous", Judge.Judge(Uses("kubernetes/get", """{"kind": "Pod"}""") with { Risk = "dangerous" }, []).Reasons[0]);

    [Theory]
    [InlineData("kubernetes/wait", """{"kind": "Deployment", "name": "web", "for": "Available"}""", RiskLevel.Caution)]
    [InlineData("kubernetes/rollout-restart", Restart, RiskLevel.Dangerous)]
    [InlineData("kubernetes/unknown", "{}", RiskLevel.Dangerous)]
    public void A_verify_that_is_not_safe_makes_its_step_dangerous(string uses, string with, RiskLevel expected)
    {
        var step = Uses("kubernetes/rollout-restart", Restart) with { Verify = new StepVerify { Uses = uses, With = Object(with) } };
        Assert.Equal(expected, Judge.Judge(step, []).Level);
    }

    [Fact]
    public void A_variable_that_nobody_declares_makes_a_step_dangerous()
    {
        var step = Uses("kubernetes/get", """{"kind": "Pod", "namespace": "${namespace}"}""");
        Assert.Equal(RiskLevel.Safe, Judge.Judge(step, ["namespace"]).Level);
        Assert.Equal(RiskLevel.Dangerous, Judge.Judge(step, ["app"]).Level);
    }

    [Fact]
    public void A_step_with_two_ways_or_none_is_dangerous()
    {
        Assert.Equal(RiskLevel.Dangerous, Judge.Judge(new RunbookStep { Name = "a" }, []).Level);
        Assert.Equal(RiskLevel.Dangerous, Judge.Judge(Uses("kubernetes/events", "{}") with { Manual = "and look" }, []).Level);
    }

    [Fact]
    public void The_rule_set_changes_with_the_actions()
    {
        Assert.Equal(Judge.RuleSet, new StepJudge(ActionCatalog.Default, new RiskClassifier()).RuleSet);
        Assert.NotEqual(Judge.RuleSet, new StepJudge(new ActionCatalog([new ScaleAction()]), new RiskClassifier()).RuleSet);
        Assert.Matches("^[0-9a-f]{16}$", Judge.RuleSet);
    }

    private static RunbookStep Uses(string uses, string with) => new() { Name = "step", Uses = uses, With = Object(with) };

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();
}
