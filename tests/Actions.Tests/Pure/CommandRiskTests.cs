using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions.Tests;

public sealed class CommandRiskTests
{
    [Theory]
    [InlineData("""["df", "-h", "/data"]""", RiskLevel.Caution)]
    [InlineData("""["ls", "${folder}"]""", RiskLevel.Caution)]
    [InlineData("""["echo", "it's; rm -rf /"]""", RiskLevel.Caution)]
    [InlineData("""["echo", "$(rm -rf /)"]""", RiskLevel.Caution)]
    [InlineData("""["sh", "-c", "ls /tmp"]""", RiskLevel.Caution)]
    [InlineData("""["sh", "-c", "rm -rf /tmp/x"]""", RiskLevel.Dangerous)]
    [InlineData("""["sh", "-c", "echo ${x}"]""", RiskLevel.Dangerous)]
    [InlineData("""["rm", "-rf", "/data"]""", RiskLevel.Dangerous)]
    [InlineData("""["env"]""", RiskLevel.Dangerous)]
    [InlineData("""["frobnicate"]""", RiskLevel.Dangerous)]
    [InlineData("""["${program}", "-v"]""", RiskLevel.Dangerous)]
    [InlineData("""["ls", "a\u0000b"]""", RiskLevel.Dangerous)]
    public void A_command_in_a_container_is_judged_and_never_safe(string command, RiskLevel expected)
    {
        var inputs = Inputs.Of($$"""{"pod": "web", "command": {{command}} }""");
        Assert.Equal(expected, new ExecAction().Assess(inputs).Risk);
        Assert.Equal(expected, new DebugCopyAction().Assess(inputs).Risk);
    }

    [Fact]
    public void What_the_sites_own_classifier_knows_raises_the_risk()
    {
        var step = new RunbookStep { Name = "a", Uses = "kubernetes/exec", With = JsonNode.Parse("""{"pod": "web", "command": ["df"]}""")!.AsObject() };
        var verdict = new StepJudge(ActionCatalog.Default, new RiskClassifier()).Judge(step, []);
        Assert.Equal(RiskLevel.Caution, verdict.Level);
        Assert.Contains("df", verdict.Programs!);
    }

    [Theory]
    [InlineData("""{"pod": "web", "command": []}""", "the input command must have at least one word")]
    [InlineData("""{"pod": "web", "command": [""]}""", "the input command must have at least one word")]
    [InlineData("""{"pod": "web"}""", "the input command is missing")]
    [InlineData("""{"pod": "web", "command": "ls"}""", "the input command must be a list of texts")]
    [InlineData("""{"pod": "Web", "command": ["ls"]}""", "the input pod must be the name of a pod")]
    [InlineData("""{"pod": "web", "command": ["ls"], "timeout": "6m"}""", "the input timeout must be above 0s and at most 5m")]
    [InlineData("""{"pod": "web", "command": ["ls"], "timeout": "0s"}""", "the input timeout must be above 0s and at most 5m")]
    public void A_bad_command_is_refused(string with, string message) =>
        Assert.Equal(message, Assert.Throws<ActionException>(() => new ExecAction().Assess(Inputs.Of(with))).Message);

    [Theory]
    [InlineData("""{"image": "debug:1"}""")]
    [InlineData("""{"others": true}""")]
    [InlineData("""{"others": "${x}"}""")]
    public void A_copy_that_runs_more_than_a_known_command_is_dangerous(string more)
    {
        var with = JsonNode.Parse("""{"pod": "web", "command": ["sleep", "1h"]}""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
        {
            with[name] = value!.DeepClone();
        }

        Assert.Equal(RiskLevel.Dangerous, new DebugCopyAction().Assess(new ActionInputs(with)).Risk);
    }

    [Theory]
    [InlineData("""{"cronJob": "a"}""", RiskLevel.Caution)]
    [InlineData("""{"spec": {"template": {}}}""", RiskLevel.Dangerous)]
    public void A_job_of_its_own_is_dangerous(string with, RiskLevel expected) => Assert.Equal(expected, new JobAction().Assess(Inputs.Of(with)).Risk);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"cronJob": "a", "spec": {}}""")]
    public void A_job_has_one_source(string with) =>
        Assert.Equal("give one of cronJob and spec", Assert.Throws<ActionException>(() => new JobAction().Assess(Inputs.Of(with))).Message);

    [Theory]
    [InlineData("NoSchedule", false, RiskLevel.Caution)]
    [InlineData("NoExecute", false, RiskLevel.Dangerous)]
    [InlineData("NoExecute", true, RiskLevel.Caution)]
    [InlineData("${effect}", false, RiskLevel.Dangerous)]
    public void A_taint_that_ends_pods_is_dangerous(string effect, bool remove, RiskLevel expected) => Assert.Equal(
        expected, new TaintAction().Assess(Inputs.Of($$"""{"name": "n", "key": "a.b/c", "effect": "{{effect}}", "remove": {{(remove ? "true" : "false")}} }""")).Risk);

    [Theory]
    [InlineData("a", true)]
    [InlineData("example.com/a_b.c", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/b/c", false)]
    [InlineData("-a", false)]
    [InlineData("Example.com/a", false)]
    public void A_taint_has_a_key_that_Kubernetes_takes(string key, bool expected) => Assert.Equal(expected, NodeTaint.IsKey(key));

    [Fact]
    public void A_log_is_kept_redacted_to_its_end_and_found_by_its_incident()
    {
        var kept = CopyLogsAction.Kept(string.Concat(Enumerable.Repeat("line of a log\n", 30_000)) + "password=hunter2hunter2\n");
        var map = LogCopy.Of(new ActionRun("run-1", "u1", "web-1a2b3c4d-1"), new LogSource(new NamespacedName("shop", "web"), "app"), kept);

        Assert.True(kept.Length <= CopyLogsAction.MaximumBytes);
        Assert.StartsWith("line of a log\n", kept, StringComparison.Ordinal);
        Assert.EndsWith("password=[redacted]\n", kept, StringComparison.Ordinal);
        Assert.Equal("web-1a2b3c4d-1", map.Text("metadata", "labels", Names.IncidentLabel));
        Assert.Equal("u1", map.Items("metadata", "ownerReferences").Single().Text("uid"));
        Assert.Equal(("shop/web", "app"), (map.Text("data", "pod"), map.Text("data", "container")));
    }
}
