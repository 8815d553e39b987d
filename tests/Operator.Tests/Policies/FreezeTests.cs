using RunbookOperator.Api;
using RunbookOperator.Policies;

namespace RunbookOperator.Tests.Policies;

public sealed class FreezeTests
{
    [Theory]
    [InlineData("0 18 * * 5", null, "60h", "2026-11-20T17:59:59Z", null)]
    [InlineData("0 18 * * 5", null, "60h", "2026-11-20T18:00:00Z", "2026-11-23T06:00:00Z")]
    [InlineData("0 18 * * 5", null, "60h", "2026-11-23T05:59:59Z", "2026-11-23T06:00:00Z")]
    [InlineData("0 18 * * 5", null, "60h", "2026-11-23T06:00:00Z", null)]
    [InlineData("0 18 * * 5", "Europe/Berlin", "1h", "2026-11-20T17:30:00Z", "2026-11-20T18:00:00Z")]
    [InlineData("0 18 * * 5", "Europe/Berlin", "1h", "2026-07-24T16:30:00Z", "2026-07-24T17:00:00Z")]
    [InlineData("0 18 * * 5", "Pacific/Kiritimati", "1h", "2026-11-20T04:30:00Z", "2026-11-20T05:00:00Z")]
    [InlineData("0 18 * * 5", "Pacific/Pago_Pago", "1h", "2026-11-21T05:30:00Z", "2026-11-21T06:00:00Z")]
    [InlineData("0 0 1 1 *", null, "8760h", "2026-12-31T12:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("*/10 * * * *", null, "5m", "2026-11-20T10:14:00Z", "2026-11-20T10:15:00Z")]
    [InlineData("*/10 * * * *", null, "5m", "2026-11-20T10:16:00Z", null)]
    public void It_is_on_from_its_time_for_its_length(string schedule, string? zone, string duration, string now, string? until) =>
        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until, null), Read(schedule, zone, duration).Until(DateTimeOffset.Parse(now, null)));

    // In Berlin the clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", null)]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z")]
    [InlineData("2026-10-25T00:29:00Z", null)]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T00:50:00Z")]
    [InlineData("2026-10-25T01:30:00Z", null)]
    public void A_time_that_the_clocks_skip_begins_behind_the_gap_and_one_they_show_twice_the_first_time(string now, string? until) => Assert.Equal(
        until is null ? null : DateTimeOffset.Parse(until, null), Read("30 2 * * *", "Europe/Berlin", "20m").Until(DateTimeOffset.Parse(now, null)));

    [Theory]
    [InlineData("0 18 * *", null, "1h", null, "no schedule")]
    [InlineData("0 18 * * *", "Europe/Nowhere", "1h", null, "no time zone Europe/Nowhere")]
    [InlineData("0 18 * * *", null, "0s", null, "longer than nothing")]
    [InlineData("0 18 * * *", null, "8785h", null, "no longer than 366 days")]
    [InlineData("0 18 * * *", null, "1h", "dangerous", "safe or caution")]
    public void What_is_no_freeze_is_told(string schedule, string? zone, string duration, string? allow, string says)
    {
        _ = Duration.TryParse(duration, out var length);

        Assert.Null(Freeze.Read("a/b", new PolicyFreeze { Schedule = schedule, TimeZone = zone, Duration = length, Allow = allow }, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    private static Freeze Read(string schedule, string? zone, string duration)
    {
        _ = Duration.TryParse(duration, out var length);
        return Freeze.Read("a/b", new PolicyFreeze { Schedule = schedule, TimeZone = zone, Duration = length }, out _)!;
    }
}
