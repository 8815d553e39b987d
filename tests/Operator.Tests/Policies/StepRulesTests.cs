using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Policies;

public sealed class StepRulesTests
{
    private static readonly StepJudges Judges = new(ActionCatalog.Default, new StepJudge(ActionCatalog.Default, new RiskClassifier()));

    [Theory]
    [InlineData("{actions: {allow: ['kubernetes/*']}}", null)]
    [InlineData("{actions: {allow: []}}", "the policy shop/a does not allow the action kubernetes/scale")]
    [InlineData("{actions: {allow: ['kubernetes/get']}}", "does not allow the action kubernetes/scale")]
    [InlineData("{actions: {deny: ['*scale']}}", "does not allow the action kubernetes/scale")]
    [InlineData("{actions: {allow: ['*'], deny: [kubernetes/scale]}}", "does not allow the action kubernetes/scale")]
    [InlineData("{actions: {allow: [kubernetes/scale]}}", "does not allow the action kubernetes/wait")]
    [InlineData("{namespaces: {deny: [kube-*]}}", null)]
    [InlineData("{namespaces: {deny: [sh*p]}}", "the policy shop/a does not allow a change in the namespace shop")]
    [InlineData("{namespaces: {allow: [bank]}}", "a change in the namespace shop")]
    [InlineData("{limits: {maximumReplicas: 5}}", null)]
    [InlineData("{limits: {maximumReplicas: 4}}", "the policy shop/a allows at most 4 replicas, not 5")]
    [InlineData("{run: Deny}", null)]
    public void A_typed_action_is_held_against_names_namespace_and_replicas(string policy, string? says)
    {
        var step = new RunbookStep
        {
            Name = "s", Uses = "kubernetes/scale", With = new JsonObject { ["replicas"] = "5" }, Verify = new StepVerify { Uses = "kubernetes/wait" },
        };

        AssertDenial(says, StepRules.Denial(Given.Policy(null, policy), step, new StepVerdict(RiskLevel.Caution, [], null, null), "shop"));
    }

    [Fact]
    public void What_only_reads_may_look_into_any_namespace() => Assert.Null(StepRules.Denial(
        Given.Policy("{namespaces: {allow: [bank]}}"), new RunbookStep { Name = "s", Uses = "kubernetes/get" }, new StepVerdict(RiskLevel.Safe, [], null, null), "shop"));

    [Theory]
    [InlineData("{run: Deny}", null, "kubectl get pods", "the policy runbooks-system/default allows no commands")]
    [InlineData("{run: Listed}", null, "kubectl get pods", "the policy runbooks-system/default allows only listed programs, and kubectl is none")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", null, "kubectl get pods; echo; [ -n x ]", null)]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", null, "kubectl get pods | jq .", "and jq is none")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", null, "/tmp/kubectl get pods", "and /tmp/kubectl is none")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", null, "echo x | xargs kubectl get", "and xargs is none")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", null, "$tool get", "is not known")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", "{programs: [{name: jq, risk: safe, reason: r}]}", "jq .", "and jq is none")]
    [InlineData("{programs: [{name: kubectl, risk: safe, reason: r}]}", "{run: Listed, programs: [{name: jq, risk: safe, reason: r}]}", "kubectl get pods -o json | jq .", null)]
    public void A_command_is_held_against_what_may_run(string first, string? other, string command, string? says)
    {
        var policy = Given.Policy(first, other is null ? [] : [other]);
        var step = new RunbookStep { Name = "s", Run = command };

        AssertDenial(says, StepRules.Denial(policy, step, Judges.For(policy).Judge(step, []), "shop"));
    }

    [Theory]
    [InlineData("{run: Deny}", "the policy runbooks-system/default allows no commands")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}]}", "and df is none")]
    [InlineData("{run: Listed, programs: [{name: kubectl, risk: safe, reason: r}, {name: df, risk: safe, reason: r}]}", null)]
    public void A_command_in_a_container_is_held_against_the_same(string first, string? says)
    {
        var policy = Given.Policy(first);
        var step = new RunbookStep
        {
            Name = "s", Uses = "kubernetes/exec", With = new JsonObject { ["pod"] = "web", ["command"] = new JsonArray("df", "-h") },
        };

        AssertDenial(says, StepRules.Denial(policy, step, Judges.For(policy).Judge(step, []), "shop"));
    }

    [Fact]
    public void Only_the_base_names_an_unknown_program_safe_and_nobody_lowers_a_known_one()
    {
        const string Tool = "{programs: [{name: tool, risk: safe, reason: r}, {name: kubectl, risk: safe, reason: r}]}";

        Assert.Equal((RiskLevel.Safe, RiskLevel.Dangerous), (Level(Given.Policy(Tool), "tool x"), Level(Given.Policy(Tool), "kubectl delete ns x")));
        Assert.Equal(RiskLevel.Dangerous, Level(Given.Policy(null, Tool), "tool x"));
        Assert.Equal(RiskLevel.Caution, Level(Given.Policy(Tool, "{programs: [{name: tool, risk: caution, reason: r}]}"), "tool x"));
        Assert.Equal(RiskLevel.Caution, Level(Given.Policy(null, "{programs: [{name: kubectl, subcommands: [get], risk: caution, reason: r}]}"), "kubectl get pods"));
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("a*b*c", "a/b/c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("*b*", "abc", true)]
    [InlineData("**", "x", true)]
    [InlineData("x", "xy", false)]
    public void A_star_stands_for_any_text(string pattern, string name, bool matches) => Assert.Equal(matches, NameRule.Matches(pattern, name));

    private static RiskLevel Level(EffectivePolicy policy, string command) => Judges.For(policy).Judge(new RunbookStep { Name = "s", Run = command }, []).Level;

    private static void AssertDenial(string? says, string? denial)
    {
        if (says is null)
        {
            Assert.Null(denial);
        }
        else
        {
            Assert.Contains(says, denial, StringComparison.Ordinal);
        }
    }
}
