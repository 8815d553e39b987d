using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

public sealed class DrainPlanTests
{
    private const string Owned = """ "ownerReferences": [{"kind": "ReplicaSet", "name": "web-1", "controller": true}] """;
    private const string OfDaemon = """ "ownerReferences": [{"kind": "DaemonSet", "name": "agent", "controller": true}] """;
    private const string Files = """{"volumes": [{"name": "a", "emptyDir": {}}]}""";

    [Theory]
    [InlineData(Owned, "{}", "Running", false, false, nameof(Leaving.Free))]
    [InlineData(OfDaemon, "{}", "Running", true, true, nameof(Leaving.Stays))]
    [InlineData(""" "annotations": {"kubernetes.io/config.mirror": "x"} """, "{}", "Running", true, true, nameof(Leaving.Stays))]
    [InlineData(""" "labels": {} """, "{}", "Running", false, false, nameof(Leaving.Unmanaged))]
    [InlineData(""" "labels": {} """, "{}", "Running", true, false, nameof(Leaving.Free))]
    [InlineData(""" "labels": {} """, "{}", "Succeeded", false, false, nameof(Leaving.Free))]
    [InlineData(""" "labels": {} """, Files, "Failed", false, false, nameof(Leaving.Free))]
    [InlineData(Owned, Files, "Running", false, false, nameof(Leaving.EmptyDir))]
    [InlineData(Owned, Files, "Running", false, true, nameof(Leaving.Free))]
    [InlineData(""" "ownerReferences": [{"kind": "RunbookExecution", "name": "a"}] """, "{}", "Running", false, false, nameof(Leaving.Unmanaged))]
    [InlineData(""" "deletionTimestamp": "2026-01-01T00:00:00Z" """, "{}", "Running", false, false, nameof(Leaving.Ending))]
    public void A_pod_may_go_if_nothing_is_lost(string metadata, string spec, string phase, bool unmanaged, bool emptyDir, string expected)
    {
        var pod = JsonNode.Parse($$"""{"metadata": { {{metadata}} }, "spec": {{spec}}, "status": {"phase": "{{phase}}"} }""")!.AsObject();
        Assert.Equal(expected, PodLeaving.Of(pod, unmanaged, emptyDir).ToString());
    }

    [Fact]
    public void A_plan_leaves_what_came_after_the_cordon()
    {
        var plan = DrainPlan.Of(
            [Pod("b", "2026-01-01T00:00:05Z"), Pod("a", "2026-01-01T00:00:10Z"), Pod("c", "2026-01-01T00:00:11Z")],
            unmanaged: false, emptyDir: false, DateTimeOffset.Parse("2026-01-01T00:00:10Z", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(["shop/a", "shop/b"], plan.Evict.Select(PodLeaving.NameOf));
        Assert.Equal(["shop/c"], plan.Newcomers);
        Assert.Equal("came though the node is cordoned, and were left: shop/c\n", plan.Left());
        Assert.Equal(3, DrainPlan.Of([Pod("b", "2026-01-01T00:00:05Z"), Pod("a", "2026-01-01T00:00:10Z"), Pod("c", "2026-01-01T00:00:11Z")], false, false, null).Evict.Count);
    }

    [Fact]
    public void The_cordon_is_dated_by_the_API_servers_own_clock()
    {
        var node = JsonNode.Parse("""
            {"metadata": {"managedFields": [
              {"manager": "kubelet", "operation": "Update", "time": "2026-01-01T05:00:00Z"},
              {"manager": "runbook-operator", "operation": "Update", "time": "2026-01-01T01:00:00Z"},
              {"manager": "runbook-operator", "operation": "Update", "time": "2026-01-01T02:00:00Z"}]}}
            """)!.AsObject();
        Assert.Equal("2026-01-01T02:00:00Z", $"{DrainPlan.CordonedAt(node):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        Assert.Null(DrainPlan.CordonedAt([]));
    }

    [Fact]
    public void Only_the_first_few_are_named() =>
        Assert.Equal("a, a, a, a, a and 2 more", DrainPlan.List([.. Enumerable.Repeat("a", DrainPlan.Named + 2)]));

    [Theory]
    [InlineData("""{"name": "a"}""", RiskLevelText.Caution)]
    [InlineData("""{"name": "a", "unmanaged": true}""", RiskLevelText.Dangerous)]
    [InlineData("""{"name": "a", "emptyDir": "${x}"}""", RiskLevelText.Dangerous)]
    public void To_lose_something_is_dangerous(string with, string expected) =>
        Assert.Equal(expected, Risk.RiskLevels.ToText(new DrainAction().Assess(Inputs.Of(with)).Risk));

    private static JsonObject Pod(string name, string created) => JsonNode.Parse(
        $$"""{"metadata": {"name": "{{name}}", "namespace": "shop", "creationTimestamp": "{{created}}", {{Owned}} } }""")!.AsObject();

    private static class RiskLevelText
    {
        public const string Caution = "caution";
        public const string Dangerous = "dangerous";
    }
}
