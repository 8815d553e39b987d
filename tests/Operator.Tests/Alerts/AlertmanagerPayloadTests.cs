using System.Text;
using RunbookOperator.Alerts;
using RunbookOperator.Api;

namespace RunbookOperator.Tests.Alerts;

public sealed class AlertmanagerPayloadTests
{
    private const string Good = """{"status":"firing","labels":{"alertname":"Slow"},"startsAt":"2026-11-21T03:00:00.123Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_Alertmanager_sends_is_read()
    {
        var payload = Parse($$"""{"version":"4","groupKey":"{}:{}","truncatedAlerts":7,"new":{"field":[1]},"alerts":[{{Good}}]}""");

        var alert = Assert.Single(payload.ToAlerts("alertmanager/main", Now));
        Assert.Equal(("{}:{}", "f1", "Slow", "alertmanager/main"), (payload.GroupKey, alert.Fingerprint, alert.Labels["alertname"], alert.Source));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), alert.StartsAt);
        Assert.Null(alert.EndsAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"alerts\":null}")]
    [InlineData("{\"alerts\":[]}")]
    [InlineData("{\"alerts\":[null]}")]
    [InlineData("{\"alerts\":[{}]}")]
    [InlineData("{\"alerts\":{}}")]
    [InlineData("{\"alerts\":[[]]}")]
    [InlineData("{\"alerts\":[5]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":1},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":{}},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":null},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":[],\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"}}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":1e999}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":99999999999999999999}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"yesterday\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"10000-01-01T00:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"0001-01-01T00:00:00+14:00\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"a\":\"\\ud800\"},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"labels\":{\"\\udc00\":\"b\"},\"startsAt\":\"2026-11-21T03:00:00Z\"}]}")]
    [InlineData("{\"alerts\":[{\"status\":[],\"labels\":{\"a\":\"b\"}}]}")]
    [InlineData("{\"groupKey\":{},\"alerts\":[]}")]
    [InlineData("{\"alerts\":[]}{\"alerts\":[]}")]
    [InlineData("{\"alerts\":[")]
    [InlineData("\ufeff{}")]
    public void Anything_else_is_a_format_error_and_nothing_worse(string body) => Assert.Throws<AlertFormatException>(() => Parse(body));

    [Fact]
    public void The_longest_name_of_a_secret_makes_a_bounded_source()
    {
        var payload = AlertmanagerPayload.Parse("""{"alerts":[{"labels":{"a":"b"},"startsAt":"2026-11-21T03:00:00Z"}]}"""u8);

        Assert.Equal(Limits.Line, payload.ToAlerts("alertmanager/" + new string('s', Limits.Subdomain), default).Single().Source!.Length);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_format_error() =>
        Assert.Throws<AlertFormatException>(() => AlertmanagerPayload.Parse([.. "{\"alerts\":[{\"labels\":{\"a\":\""u8, 0xFF, 0xFE, .. "\"}}]}"u8]));

    [Theory]
    [InlineData(AlertLimits.Depth + 1)]
    [InlineData(100_000)]
    public void Deep_nesting_is_a_format_error(int depth) =>
        Assert.Throws<AlertFormatException>(() => Parse("{\"alerts\":[" + Good + "],\"x\":" + new string('[', depth) + new string(']', depth) + "}"));

    [Fact]
    public void A_request_holds_a_thousand_alerts_and_no_more()
    {
        Assert.Equal(AlertLimits.Alerts, Parse(Many(AlertLimits.Alerts)).ToAlerts("s", Now).Count());
        Assert.Throws<AlertFormatException>(() => Parse(Many(AlertLimits.Alerts + 1)));
    }

    [Fact]
    public void One_bad_alert_does_not_hide_the_others() =>
        Assert.Equal("f1", Assert.Single(Parse("{\"alerts\":[null,{},{\"labels\":{\"a\":\"b\"}}," + Good + "]}").ToAlerts("s", Now)).Fingerprint);

    [Fact]
    public void Bytes_at_random_are_read_or_are_a_format_error()
    {
        var dice = new Random(7);
        var body = Encoding.UTF8.GetBytes("{\"groupKey\":\"k\",\"alerts\":[" + Good + "," + Good + "]}");
        for (var i = 0; i < 5000; i++)
        {
            var broken = (byte[])body.Clone();
            for (var j = dice.Next(1, 6); j > 0; j--)
            {
                broken[dice.Next(broken.Length)] = (byte)dice.Next(256);
            }

            try
            {
                Assert.All(AlertmanagerPayload.Parse(broken).ToAlerts("s", Now), alert => Assert.NotEmpty(alert.Fingerprint));
            }
            catch (AlertFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Theory]
    [InlineData("2026-11-21T03:30:00Z", "2026-11-21T03:30:00+00:00")]
    [InlineData("2026-11-21T05:30:00+02:00", "2026-11-21T03:30:00+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "2026-11-21T03:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59Z", "2026-11-21T04:00:00+00:00")]
    public void What_is_over_has_ended_by_now_whatever_the_clock_of_its_source_says(string endsAt, string kept)
    {
        var body = "{\"alerts\":[" + Good.Replace("0001-01-01T00:00:00Z", endsAt, StringComparison.Ordinal).Replace("firing", "resolved", StringComparison.Ordinal) + "]}";

        Assert.Equal(DateTimeOffset.Parse(kept), Parse(body).ToAlerts("s", Now).Single().EndsAt);
    }

    [Fact]
    public void Only_the_word_resolved_ends_an_alert() =>
        Assert.Null(Parse("{\"alerts\":[" + Good.Replace("firing", "Resolved", StringComparison.Ordinal) + "]}").ToAlerts("s", Now).Single().EndsAt);

    [Fact]
    public void Without_a_fingerprint_the_labels_make_one_whatever_their_order()
    {
        IncidentAlert Of(string labels) => Parse($$"""{"alerts":[{"labels":{{labels}},"startsAt":"2026-11-21T03:00:00Z"}]}""").ToAlerts("s", Now).Single();

        Assert.Equal(Of("""{"a":"1","b":"2"}""").Fingerprint, Of("""{"b":"2","a":"1"}""").Fingerprint);
        Assert.NotEqual(Of("""{"a":"1","b":"2"}""").Fingerprint, Of("""{"a":"1"}""").Fingerprint);
        Assert.NotEqual(Of("""{"a":"1"}""").Fingerprint, Of("""{"a":"2"}""").Fingerprint);
    }

    private static string Many(int count) => "{\"alerts\":[" + string.Join(',', Enumerable.Repeat(Good, count)) + "]}";

    private static AlertmanagerPayload Parse(string body) => AlertmanagerPayload.Parse(Encoding.UTF8.GetBytes(body));
}
