namespace RunbookOperator.Policies;

/// <summary>A schedule of five fields: minute, hour, day of month, month, day of week. As in POSIX crontab(5), with steps (<c>*/15</c>), names of
/// months and days, 7 for Sunday, and <c>?</c> for <c>*</c>. Where both days are given, either is enough. Pure.</summary>
internal sealed class CronSchedule
{
    private const int Fields = 5;
    private const int MinutesPerHour = 60;
    private const int Sunday = 7;

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _daysOfMonth;
    private readonly ulong _months;
    private readonly ulong _daysOfWeek;
    private readonly bool _eitherDay;

    private CronSchedule(ulong[] fields, bool eitherDay)
    {
        (_minutes, _hours, _daysOfMonth, _months) = (fields[0], fields[1], fields[2], fields[3]);
        _daysOfWeek = (fields[4] & 0x7F) | ((fields[4] >> Sunday) & 1);
        _eitherDay = eitherDay;
    }

    /// <summary>Reads a schedule; null with what is wrong if it is none.</summary>
    public static CronSchedule? Read(string text, out string? problem)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fields = new ulong[Fields];
        problem = parts.Length == Fields ? null : $"\"{text}\" is no schedule of five fields: minute, hour, day of month, month, day of week";
        for (var i = 0; i < Fields && problem is null; i++)
        {
            if (!CronField.All[i].TryRead(parts[i], out fields[i]))
            {
                problem = $"\"{parts[i]}\" in the schedule \"{text}\" is no {CronField.All[i].Name}";
            }
        }

        return problem is null ? new CronSchedule(fields, !IsAny(parts[2]) && !IsAny(parts[4])) : null;
    }

    /// <summary>The minutes of a day that are on the schedule, latest first.</summary>
    public IEnumerable<TimeSpan> LatestFirst(DateOnly day)
    {
        if (!Holds(_months, day.Month) || !IsOn(day))
        {
            yield break;
        }

        for (var hour = 23; hour >= 0; hour--)
        {
            for (var minute = MinutesPerHour - 1; Holds(_hours, hour) && minute >= 0; minute--)
            {
                if (Holds(_minutes, minute))
                {
                    yield return new TimeSpan(hour, minute, 0);
                }
            }
        }
    }

    private bool IsOn(DateOnly day)
    {
        var (ofMonth, ofWeek) = (Holds(_daysOfMonth, day.Day), Holds(_daysOfWeek, (int)day.DayOfWeek));
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private static bool IsAny(string field) => field[0] is '*' or '?';

    private static bool Holds(ulong set, int value) => (set >> value & 1) == 1;
}
