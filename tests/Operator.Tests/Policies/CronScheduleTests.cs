using RunbookOperator.Policies;

namespace RunbookOperator.Tests.Policies;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 18 * * 5", "2026-11-20", "18:00")]
    [InlineData("0 18 * * FRI", "2026-11-20", "18:00")]
    [InlineData("0 18 * * 5", "2026-11-21", "")]
    [InlineData("30 6,18 * * *", "2026-11-21", "18:30 06:30")]
    [InlineData("0 9-11 * * *", "2026-11-21", "11:00 10:00 09:00")]
    [InlineData("*/20 7 * * *", "2026-11-21", "07:40 07:20 07:00")]
    [InlineData("50/5 7 * * *", "2026-11-21", "07:55 07:50")]
    [InlineData("0 0 * * 7", "2026-11-22", "00:00")]
    [InlineData("0 0 * * 0", "2026-11-22", "00:00")]
    [InlineData("0 0 * * 6-7", "2026-11-22", "00:00")]
    [InlineData("0 0 29 2 *", "2028-02-29", "00:00")]
    [InlineData("0 0 * DEC *", "2026-11-30", "")]
    [InlineData("0 0 24-26 dec ?", "2026-12-25", "00:00")]
    [InlineData("0 0 13 * 5", "2026-11-20", "00:00")]
    [InlineData("0 0 13 * 5", "2026-12-13", "00:00")]
    [InlineData("0 0 13 * 5", "2026-12-14", "")]
    public void A_schedule_knows_its_times_of_a_day(string schedule, string day, string times)
    {
        var read = CronSchedule.Read(schedule, out var problem);

        Assert.Null(problem);
        Assert.Equal(times, string.Join(' ', read!.LatestFirst(DateOnly.Parse(day, null)).Select(time => time.ToString(@"hh\:mm"))));
    }

    [Theory]
    [InlineData("* * * *", "no schedule of five fields")]
    [InlineData("60 * * * *", "\"60\" in the schedule \"60 * * * *\" is no minute")]
    [InlineData("* 24 * * *", "no hour")]
    [InlineData("* * 0 * *", "no day of month")]
    [InlineData("* * * 13 *", "no month")]
    [InlineData("* * * * 8", "no day of week")]
    [InlineData("5-1 * * * *", "no minute")]
    [InlineData("*/0 * * * *", "no minute")]
    [InlineData("1-2-3 * * * *", "no minute")]
    [InlineData("1//2 * * * *", "no minute")]
    [InlineData(", * * * *", "no minute")]
    [InlineData("-1 * * * *", "no minute")]
    [InlineData("99999999999 * * * *", "no minute")]
    public void What_is_no_schedule_is_told_with_its_field(string schedule, string says)
    {
        Assert.Null(CronSchedule.Read(schedule, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }
}
