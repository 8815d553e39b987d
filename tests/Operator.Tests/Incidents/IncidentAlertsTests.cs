using System.Text;
using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using static RunbookOperator.Tests.Incidents.Given;

namespace RunbookOperator.Tests.Incidents;

public sealed class IncidentAlertsTests
{
    [Fact]
    public void The_same_alert_again_is_known_and_changes_nothing()
    {
        var (once, first) = IncidentAlerts.Merge(null, [Alert("a")]);
        var (twice, second) = IncidentAlerts.Merge(once, [Alert("a"), Alert("a")]);

        Assert.Equal((1, 0), (first, second));
        Assert.Same(once[0], Assert.Single(twice));
        Assert.True(IncidentAlerts.IsKnown(once, Alert("a")));
    }

    [Fact]
    public void In_whatever_order_the_news_of_an_alert_come_the_outcome_is_the_same()
    {
        IncidentAlert[] news = [Alert("a", 0), Alert("a", 0, 5), Alert("a", 10), Alert("a", 10, 12), Alert("b", 3), Alert("b", 3, 4)];
        foreach (var order in Permutations([.. news]))
        {
            var (alerts, added) = IncidentAlerts.Merge(null, order);

            Assert.Equal(2, added);
            Assert.Equal([("a", Minute(10), Minute(12)), ("b", Minute(3), Minute(4))], alerts.OrderBy(alert => alert.Fingerprint).Select(alert => (alert.Fingerprint, alert.StartsAt, alert.EndsAt!.Value)));
            Assert.All(news, alert => Assert.True(IncidentAlerts.IsKnown(alerts, alert)));
        }
    }

    [Fact]
    public void An_end_stays_an_end_when_the_firing_of_before_comes_late()
    {
        var (alerts, _) = IncidentAlerts.Merge([Alert("a", 0, 5)], [Alert("a", 0)]);

        Assert.Equal(Minute(5), Assert.Single(alerts).EndsAt);
    }

    [Fact]
    public void Of_two_ends_of_one_firing_the_first_that_came_stays()
    {
        var (alerts, _) = IncidentAlerts.Merge([Alert("a", 0, 5)], [Alert("a", 0, 9)]);

        Assert.Equal(Minute(5), Assert.Single(alerts).EndsAt);
    }

    [Fact]
    public void An_alert_that_fires_anew_is_no_new_alert_but_fires_again()
    {
        var (alerts, added) = IncidentAlerts.Merge([Alert("a", 0, 5), Alert("b", 1, 5)], [Alert("a", 10)]);

        Assert.Equal(0, added);
        Assert.Equal(["b", "a"], alerts.Select(alert => alert.Fingerprint));
        Assert.Null(IncidentAlerts.SettlesAt(alerts, TimeSpan.Zero));
    }

    [Fact]
    public void The_newest_hundred_are_kept_and_all_are_counted()
    {
        var (alerts, added) = IncidentAlerts.Merge(null, Enumerable.Range(0, 103).Select(i => Alert($"a{i}")));

        Assert.Equal(103, added);
        Assert.Equal(Limits.Alerts, alerts.Count);
        Assert.Equal("a3", alerts[0].Fingerprint);
    }

    [Fact]
    public void What_is_over_makes_room_before_what_fires()
    {
        var (alerts, _) = IncidentAlerts.Merge([Alert("fires")], Enumerable.Range(0, 105).Select(i => Alert($"over{i}", 0, 1)));

        Assert.Equal(Limits.Alerts, alerts.Count);
        Assert.Equal("fires", alerts[0].Fingerprint);
        Assert.Null(IncidentAlerts.SettlesAt(alerts, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(100, 1024)]
    [InlineData(3, 1_000_000)]
    [InlineData(2000, 10)]
    public void No_alert_is_larger_than_its_bound(int labels, int length)
    {
        var many = Enumerable.Range(0, labels).ToDictionary(i => $"{i}-label\n", _ => new string('ö', length));
        many["alertname"] = "Slow";
        var alert = Alert(new string('f', 500)) with { Labels = many.Reverse().ToDictionary(), Annotations = many };

        var kept = Assert.Single(IncidentAlerts.Merge(null, [alert]).Alerts);

        Assert.True(Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(kept, ApiJson.Default.IncidentAlert)) <= Limits.AlertBytes);
        Assert.Equal("Slow", kept.Labels["alertname"]);
        Assert.Equal(Limits.Line, kept.Fingerprint.Length);
        Assert.True(IncidentAlerts.IsKnown([kept], alert));
    }

    [Fact]
    public void Labels_whose_names_are_one_when_cleaned_do_not_break_the_rest()
    {
        var alert = Alert("a", 0, null, ("a\u0001", "first"), ("a\u0002", "second"), ("b", "line\nbreak"));

        var kept = Assert.Single(IncidentAlerts.Merge(null, [alert]).Alerts);

        Assert.Equal(new Dictionary<string, string> { ["a?"] = "first", ["b"] = "line?break" }, kept.Labels);
    }

    [Fact]
    public void Alerts_have_settled_once_the_last_end_is_long_enough_ago()
    {
        Assert.Null(IncidentAlerts.SettlesAt(null, TimeSpan.Zero));
        Assert.Null(IncidentAlerts.SettlesAt([], TimeSpan.Zero));
        Assert.Null(IncidentAlerts.SettlesAt([Alert("a", 0, 3), Alert("b")], TimeSpan.Zero));
        Assert.Equal(Minute(9), IncidentAlerts.SettlesAt([Alert("a", 0, 7), Alert("b", 0, 3)], TimeSpan.FromMinutes(2)));
    }

    [Theory]
    [InlineData("critical", "warning", "critical", "none")]
    [InlineData("page", "page", "odd")]
    [InlineData("odd", "odd")]
    [InlineData(null)]
    public void The_worst_severity_stands_for_all(string? worst, params string[] severities) =>
        Assert.Equal(worst, IncidentAlerts.Severity([Alert("quiet"), .. severities.Select(severity => Alert(severity, 0, null, ("severity", severity)))]));

    private static IEnumerable<List<T>> Permutations<T>(List<T> items)
    {
        if (items.Count == 0)
        {
            yield return [];
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var rest in Permutations([.. items[..i], .. items[(i + 1)..]]))
            {
                yield return [items[i], .. rest];
            }
        }
    }
}
