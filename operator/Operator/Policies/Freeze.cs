using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>A time that comes again, in which steps above a risk wait. Pure.</summary>
public sealed class Freeze
{
    /// <summary>The longest that one may last.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private readonly CronSchedule _schedule;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _duration;

    private Freeze(string policy, PolicyFreeze said, CronSchedule schedule, TimeZoneInfo zone, RiskLevel allow)
    {
        (Policy, Said, _schedule, _zone, Allow, _duration) = (policy, said, schedule, zone, allow, said.Duration.Value);
    }

    /// <summary>The policy.</summary>
    public string Policy { get; }

    /// <summary>What it says.</summary>
    public PolicyFreeze Said { get; }

    /// <summary>The highest risk that still runs.</summary>
    public RiskLevel Allow { get; }

    /// <summary>Reads a freeze; null with what is wrong if it is none.</summary>
    public static Freeze? Read(string policy, PolicyFreeze said, out string? problem)
    {
        var schedule = CronSchedule.Read(said.Schedule, out problem);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(said.TimeZone ?? "UTC", out var zone))
        {
            problem ??= $"there is no time zone {said.TimeZone}";
        }

        if (said.Duration.Value <= TimeSpan.Zero || said.Duration.Value > Longest)
        {
            problem ??= $"a freeze lasts longer than nothing and no longer than {Longest.TotalDays} days, not {said.Duration}";
        }

        var allow = RiskLevel.Safe;
        if (said.Allow is { } risk && (!RiskLevels.TryParse(risk, out allow) || allow == RiskLevel.Dangerous))
        {
            problem ??= $"a freeze allows safe or caution, not {risk}";
        }

        return problem is null ? new Freeze(policy, said, schedule!, zone!, allow) : null;
    }

    /// <summary>When it ends, if it is on; else null. Where its next time has begun by then, it goes on.</summary>
    public DateTimeOffset? Until(DateTimeOffset now)
    {
        // It may have begun on any day since its length ago. Clocks differ by less than a day from UTC, whatever the zone.
        var day = DateOnly.FromDateTime(now.UtcDateTime.AddDays(1));
        var first = DateOnly.FromDateTime((now - _duration).UtcDateTime.AddDays(-1));
        for (; day >= first; day = day.AddDays(-1))
        {
            foreach (var time in _schedule.LatestFirst(day))
            {
                var began = Instant(day.ToDateTime(TimeOnly.FromTimeSpan(time)));
                if (began <= now)
                {
                    return began + _duration > now ? began + _duration : null;
                }
            }
        }

        return null;
    }

    /// <summary>Such as <c>0 18 * * 5 Europe/Berlin for 60h, but safe</c>.</summary>
    public override string ToString() => $"{Said.Schedule} {Said.TimeZone ?? "UTC"} for {Said.Duration}, but {Allow.ToText()}";

    // A time that the clocks skip begins when they have been put forward; one that they show twice, the first time.
    private DateTimeOffset Instant(DateTime local)
    {
        var moment = local;
        while (_zone.IsInvalidTime(moment))
        {
            moment = moment.AddMinutes(1);
        }

        var offset = _zone.IsAmbiguousTime(moment) ? _zone.GetAmbiguousTimeOffsets(moment).Max() : _zone.GetUtcOffset(moment);
        return new DateTimeOffset(moment, offset).ToUniversalTime();
    }
}
