using RunbookOperator.Api;
using RunbookOperator.Incidents;
using static RunbookOperator.Tests.Incidents.Given;

namespace RunbookOperator.Tests.Incidents;

public sealed class IncidentPlannerTests
{
    private const string Slow = "alertname=\"Slow\"";
    private static readonly string First = IncidentPlanner.RunName("slow", "checkout-0badcafe-1", 1);
    private static readonly string Second = IncidentPlanner.RunName("slow", "checkout-0badcafe-1", 2);

    [Fact]
    public void An_alert_that_fits_starts_one_run_with_its_values()
    {
        var runbook = Runbook("slow", Slow);
        runbook = runbook with { Spec = runbook.Spec with { Mode = RunbookMode.Copilot, Parameters = [new RunbookParameter { Name = "ns", FromLabel = "namespace" }] } };
        var decision = Decide(Incident(Alert("a")), 1, [runbook]);

        var start = decision.Start!;
        Assert.Equal(First, start.Metadata.Name);
        Assert.Equal((TriggerType.Alert, null, "checkout-0badcafe-1", RunbookMode.Copilot), (start.Spec.Trigger.Type, start.Spec.Trigger.User, start.Spec.Incident, start.Spec.Mode));
        Assert.Equal(new Dictionary<string, string> { ["ns"] = "shop" }, start.Spec.Parameters);
        Assert.Equal((IncidentPhase.Open, "slow", null), (decision.Status.Phase, decision.Status.Runbook, decision.Status.Unmatched));
        Assert.Equal([First], decision.Status.Executions!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ExecutionPhase.Running)]
    [InlineData(ExecutionPhase.WaitingForApproval)]
    [InlineData(ExecutionPhase.Failed)]
    [InlineData(ExecutionPhase.Succeeded)]
    [InlineData(ExecutionPhase.Aborted)]
    public void An_alert_that_had_its_run_gets_no_other_however_that_ended(string? phase) =>
        Assert.Null(Decide(Incident(Alert("a")), 300, [Runbook("slow", Slow)], Run("slow", First, 1, phase)).Start);

    [Fact]
    public void An_alert_that_fires_anew_gets_a_run_when_the_last_one_is_over_and_has_cooled_down()
    {
        var incident = Incident(Alert("a", 5));

        var soon = Decide(incident, 6, [Runbook("slow", Slow)], Run("slow", First, 1, ExecutionPhase.Succeeded));
        Assert.Null(soon.Start);
        Assert.Equal(TimeSpan.FromMinutes(5), soon.After);
        Assert.Equal(Second, Decide(incident, 11, [Runbook("slow", Slow)], Run("slow", First, 1, ExecutionPhase.Succeeded)).Start!.Metadata.Name);
        Assert.Null(Decide(incident, 11, [Runbook("slow", Slow)], Run("slow", First, 1, ExecutionPhase.Running)).Start);
    }

    [Theory]
    [InlineData(ConcurrencyPolicy.Forbid, false, 0)]
    [InlineData(ConcurrencyPolicy.Allow, true, 0)]
    [InlineData(ConcurrencyPolicy.Replace, true, 1)]
    public void While_a_run_is_under_way_the_policy_says_what_becomes_of_a_second_one(ConcurrencyPolicy policy, bool starts, int replaced)
    {
        var runbook = Runbook("slow", Slow);
        runbook = runbook with { Spec = runbook.Spec with { Concurrency = new RunbookConcurrency { Policy = policy } } };
        var decision = Decide(Incident(Alert("a", 5)), 20, [runbook], Run("slow", First, 1, ExecutionPhase.WaitingForApproval), Run("other", "other-1", 1, ExecutionPhase.Running));

        Assert.Equal((starts, replaced), (decision.Start is not null, decision.Replaced.Count));
        Assert.All(decision.Replaced, run => Assert.Equal(First, run.Metadata.Name));
    }

    [Fact]
    public void A_runbook_that_has_started_enough_runs_in_an_hour_waits_and_keeps_no_other_from_its_own()
    {
        var decision = Decide(Incident(Alert("a")), 1, [Runbook("slow", Slow)], new Dictionary<string, DateTimeOffset> { ["slow"] = Minute(40) });
        Assert.Equal((null, TimeSpan.FromMinutes(39)), (decision.Start, decision.After));
        Assert.NotNull(Decide(Incident(Alert("a")), 1, [Runbook("slow", Slow)], new Dictionary<string, DateTimeOffset> { ["other"] = Minute(40) }).Start);
    }

    [Fact]
    public void An_alert_that_goes_on_firing_does_not_keep_a_later_one_from_its_run()
    {
        var incident = Incident(Alert("a"), Alert("b", 5));
        var runs = new[] { Run("slow", First, 1, ExecutionPhase.Succeeded) };

        Assert.Equal(Second, Decide(incident, 20, [Runbook("slow", Slow)], runs).Start!.Metadata.Name);
    }

    [Theory]
    [InlineData("slow-0a1b2c", "slow-0a1b2c-2")]
    [InlineData("slow-123456", "slow-123456-2")]
    [InlineData("slow-0a1b2c-2", "slow-0a1b2c-3")]
    [InlineData("slow-0a1b2c-19", "slow-0a1b2c-20")]
    public void A_name_that_belongs_to_another_run_is_passed_over(string taken, string next) => Assert.Equal(next, IncidentPlanner.NextName(taken));

    [Fact]
    public void The_number_of_a_run_is_that_of_the_last_and_one_whatever_was_deleted()
    {
        var runs = new[] { Run("slow", Second, 5, ExecutionPhase.Succeeded) };

        Assert.Equal(IncidentPlanner.RunName("slow", "checkout-0badcafe-1", 3), Decide(Incident(Alert("a", 50)), 60, [Runbook("slow", Slow)], runs).Start!.Metadata.Name);
    }

    [Fact]
    public void A_run_that_a_person_started_is_no_answer_to_the_alert() =>
        Assert.NotNull(Decide(Incident(Alert("a")), 2, [Runbook("slow", Slow)], Run("slow", "by-hand", 1, ExecutionPhase.Running, TriggerType.Manual)).Start);

    [Fact]
    public void What_nothing_fits_says_so_and_starts_nothing()
    {
        var decision = Decide(Incident(Alert("a")), 1, [Runbook("slow", "alertname=\"Other\"")]);

        Assert.Null(decision.Start);
        Assert.True(decision.Status.Unmatched);
        Assert.Equal(Reasons.AlertUnmatched, decision.Status.Conditions!.Single(condition => condition.Type == ConditionTypes.Ready).Reason);
    }

    [Fact]
    public void What_was_over_before_anybody_looked_starts_nothing_and_is_not_called_unmatched()
    {
        var decision = Decide(Incident(Alert("a", 0, 1)), 1, [Runbook("slow", Slow)]);

        Assert.Null(decision.Start);
        Assert.Null(decision.Status.Unmatched);
        Assert.Equal(IncidentPhase.Mitigated, decision.Status.Phase);
    }

    [Fact]
    public void An_incident_is_over_when_its_alerts_have_settled_and_its_runs_are_over()
    {
        var incident = Incident(Alert("a", 0, 10), Alert("b", 2, 8));

        var early = Decide(incident, 11, [], Run("slow", First, 1, ExecutionPhase.Succeeded));
        Assert.Equal((IncidentPhase.Mitigated, TimeSpan.FromMinutes(1), false), (early.Status.Phase, early.After, early.Propose));
        Assert.Equal(IncidentPhase.Mitigated, Decide(incident, 30, [], Run("slow", First, 1, ExecutionPhase.WaitingForApproval)).Status.Phase);
        var over = Decide(incident, 12, [], Run("slow", First, 1, ExecutionPhase.Succeeded));
        Assert.Equal((IncidentPhase.Resolved, Minute(10), "10m", true), (over.Status.Phase, over.Status.ResolvedAt, over.Status.TimeToResolve, over.Propose));
        Assert.Null(over.After);
    }

    [Fact]
    public void Proposals_are_asked_for_once_and_again_only_after_a_new_firing()
    {
        var incident = Incident(Alert("a", 0, 10));
        var over = Decide(incident, 12, []).Status with { Suggestions = [] };

        Assert.False(Decide(incident with { Status = over }, 13, []).Propose);
        var again = Decide(Incident(Alert("a", 14)) with { Status = over }, 15, []);
        Assert.Equal((IncidentPhase.Open, null, null, null), (again.Status.Phase, again.Status.ResolvedAt, again.Status.TimeToResolve, again.Status.Suggestions));
        Assert.True(Decide(Incident(Alert("a", 14, 16)) with { Status = again.Status }, 20, []).Propose);
    }

    [Fact]
    public void Deciding_again_on_what_was_stored_changes_nothing()
    {
        var run = Run("slow", First, 1, ExecutionPhase.Succeeded);
        foreach (var (alert, minute) in new[] { (Alert("a"), 5.0), (Alert("a", 0, 10), 11), (Alert("a", 0, 10), 20) })
        {
            var status = Decide(Incident(alert), minute, [Runbook("slow", Slow)], run).Status;
            var again = Decide(Incident(alert) with { Status = status }, minute + 0.5, [Runbook("slow", Slow)], run).Status;

            Assert.Equivalent(status, again, strict: true);
        }
    }

    [Fact]
    public void Opened_acknowledged_and_root_stay_what_they_were()
    {
        var incident = Incident(Alert("b", 3), Alert("a", 1)) with { Spec = Incident(Alert("b", 3), Alert("a", 1)).Spec with { Notes = [new IncidentNote { Text = "looking", User = "riley", At = Minute(4) }] } };
        var status = Decide(incident, 6, []).Status;

        Assert.Equal(("a", Minute(1), Minute(4), "3m"), (status.RootAlert, status.OpenedAt, status.AcknowledgedAt, status.TimeToAcknowledge));
        var later = Decide(Incident(Alert("b", 3)) with { Status = status }, 60, []).Status;
        Assert.Equal(("a", Minute(1), Minute(4)), (later.RootAlert, later.OpenedAt, later.AcknowledgedAt));
    }

    private static IncidentDecision Decide(Incident incident, double minute, Runbook[] runbooks, params RunbookExecution[] runs) =>
        Decide(incident, minute, runbooks, new Dictionary<string, DateTimeOffset>(), runs);

    private static IncidentDecision Decide(
        Incident incident, double minute, Runbook[] runbooks, Dictionary<string, DateTimeOffset> notBefore, params RunbookExecution[] runs) => IncidentPlanner.Decide(new IncidentInput
    {
        NotBefore = notBefore,
        Incident = incident,
        Runbooks = runbooks,
        Executions = runs,
        Settle = TimeSpan.FromMinutes(2),
        Now = Minute(minute),
    });
}
