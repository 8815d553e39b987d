using RunbookOperator.Api;
using RunbookOperator.Incidents;
using static RunbookOperator.Tests.Incidents.Given;

namespace RunbookOperator.Tests.Incidents;

public sealed class IncidentTimelineTests
{
    [Fact]
    public void It_tells_what_happened_in_order_and_each_thing_once()
    {
        var incident = Incident(Alert("a", 0, 9)) with { Spec = Incident(Alert("a", 0, 9)).Spec with { Notes = [new IncidentNote { Text = "pool is full", Command = "ss -s", User = "riley", At = Minute(4) }, new IncidentNote { Text = "not stamped" }] } };
        var run = Run("slow", "slow-abc123", 1, ExecutionPhase.Succeeded);
        run = run with
        {
            Status = run.Status! with
            {
                FinishedAt = Minute(8),
                Steps =
                [
                    new StepStatus { Name = "bounce", State = StepState.Succeeded, FinishedAt = Minute(7), Approvals = [new StepApproval { User = "riley", Decision = "Approve", At = Minute(6) }] },
                    new StepStatus { Name = "later", State = StepState.Pending },
                ],
            },
        };
        var resolved = new IncidentStatus { Phase = IncidentPhase.Resolved, TimeToResolve = "9m" };

        var timeline = IncidentTimeline.Next(new IncidentStatus(), resolved, incident, [run], Minute(11))!;

        Assert.Equal(
            [
                "alert Slow fires (a, 03:00:00)", "run slow-abc123 of slow started", "riley: pool is full [ss -s]", "riley: Approve bounce in slow-abc123",
                "step bounce Succeeded in slow-abc123", "run slow-abc123 Succeeded", "alert Slow resolved (a, 03:09:00)", "incident resolved after 9m",
            ],
            timeline.Select(entry => entry.What));
        Assert.Equal(timeline, IncidentTimeline.Next(resolved with { Timeline = timeline }, resolved, incident, [run], Minute(12)));
    }

    [Fact]
    public void Nothing_happened_is_no_timeline() => Assert.Null(IncidentTimeline.Next(new IncidentStatus(), new IncidentStatus(), Incident(), [], Minute(0)));

    [Fact]
    public void The_newest_entries_stay_and_each_is_one_bounded_line()
    {
        var incident = Incident([.. Enumerable.Range(0, 300).Select(i => Alert($"f{i}\n{new string('x', 300)}", i))]);

        var timeline = IncidentTimeline.Next(new IncidentStatus(), new IncidentStatus(), incident, [], Minute(0))!;

        Assert.Equal(Limits.Timeline, timeline.Count);
        Assert.Equal(Minute(299), timeline[^1].At);
        Assert.All(timeline, entry => Assert.True(entry.What.Length <= Limits.Line && !entry.What.Contains('\n', StringComparison.Ordinal)));
        Assert.Equal(timeline, IncidentTimeline.Next(new IncidentStatus { Timeline = timeline }, new IncidentStatus(), incident, [], Minute(0)));
    }
}
