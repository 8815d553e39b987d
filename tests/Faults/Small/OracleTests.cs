using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The oracles see what they are there for.</summary>
public sealed class OracleTests
{
    [Theory]
    [InlineData("Waiting", "Running", null)]
    [InlineData("Running", "Succeeded", null)]
    [InlineData("Succeeded", "Running", "goes from Succeeded to Running")]
    [InlineData("Failed", "Running", "goes from Failed to Running")]
    [InlineData("Skipped", "Succeeded", "goes from Skipped to Succeeded")]
    [InlineData("Running", "Pending", "goes from Running to Pending")]
    public void A_step_goes_forward_only(string before, string after, string? problem) =>
        Assert.Equal(problem is null ? 0 : 1, RunHistory.Between(Status("Running", before), Status("Running", after)).Count(found => problem is null || found.Contains(problem, StringComparison.Ordinal)));

    [Fact]
    public void What_is_final_stays() =>
        Assert.Contains(RunHistory.Between(Status("Succeeded", "Succeeded"), Status("Running", "Succeeded")), static found => found.StartsWith("it had ended", StringComparison.Ordinal));

    [Fact]
    public void An_attempt_that_acts_twice_is_seen()
    {
        StoredVersion[] workloads = [Workload(1, "", ""), Workload(2, "t1", "step-1-aaaa"), Workload(3, "t2", "step-1-aaaa")];

        Assert.Contains(EffectLedger.Broken([], workloads, "ns"), static found => found == "the attempt step-1-aaaa acted 2 times");
    }

    [Fact]
    public void A_change_that_nobody_recorded_is_seen() =>
        Assert.Contains(EffectLedger.Broken([], [Workload(1, "", ""), Workload(2, "t1", "step-1-aaaa")], "ns"), static found => found.EndsWith("which no run has recorded", StringComparison.Ordinal));

    [Fact]
    public void An_alert_that_was_taken_and_is_nowhere_is_seen() =>
        Assert.Single(AlertLedger.Broken([], "ns", [SentAlert.Firing("shop", 0)]));

    [Fact]
    public void Two_runs_of_one_incident_are_seen()
    {
        StoredVersion[] objects = [Run("a", "shop-1"), Run("b", "shop-1")];

        Assert.Equal(["the incident shop-1 has 2 runs"], AlertLedger.Broken(objects, "ns", []));
    }

    private static JsonObject Status(string phase, string state) => new()
    {
        ["phase"] = phase,
        ["steps"] = new JsonArray(new JsonObject { ["name"] = "one", ["state"] = state, ["attempt"] = 1 }),
    };

    private static StoredVersion Workload(long revision, string at, string attempt) => new(revision, "/registry/deployments/ns/web", 0, new JsonObject
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["runbooks.dev/attempt"] = attempt } },
        ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = at } } } },
    });

    private static StoredVersion Run(string uid, string incident) => new(1, $"/registry/runbooks.dev/runbookexecutions/ns/{uid}", 0, new JsonObject
    {
        ["metadata"] = new JsonObject { ["uid"] = uid, ["name"] = uid },
        ["spec"] = new JsonObject { ["incident"] = incident },
    });
}
