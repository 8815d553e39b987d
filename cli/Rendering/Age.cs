namespace RunbookOperator.Cli.Rendering;

/// <summary>How long ago, as kubectl writes it: duration.HumanDuration of k8s.io/apimachinery.</summary>
internal static class Age
{
    private const int Year = 365;

    /// <summary>From <paramref name="then"/> to <paramref name="now"/>, in two units at most: <c>40s</c>, <c>5m30s</c>, <c>2d4h</c>.</summary>
    public static string Of(DateTimeOffset then, DateTimeOffset now)
    {
        var age = now > then ? now - then : TimeSpan.Zero;
        var (seconds, minutes, hours, days) = ((long)age.TotalSeconds, (long)age.TotalMinutes, (long)age.TotalHours, (long)age.TotalDays);
        return (minutes, hours, days) switch
        {
            ( < 2, _, _) => $"{seconds}s",
            ( < 10, _, _) => Two(minutes, "m", seconds % 60, "s"),
            ( < 3 * 60, _, _) => $"{minutes}m",
            (_, < 8, _) => Two(hours, "h", minutes % 60, "m"),
            (_, < 2 * 24, _) => $"{hours}h",
            (_, _, < 8) => Two(days, "d", hours % 24, "h"),
            (_, _, < 2 * Year) => $"{days}d",
            (_, _, < 8 * Year) => Two(days / Year, "y", days % Year, "d"),
            _ => $"{days / Year}y",
        };
    }

    private static string Two(long first, string unit, long second, string smaller) => second == 0 ? $"{first}{unit}" : $"{first}{unit}{second}{smaller}";
}
