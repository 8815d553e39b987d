using System.Globalization;

namespace RunbookOperator.Policies;

/// <summary>One field of a schedule: which numbers it takes, and what they may be called.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="From">The lowest number.</param>
/// <param name="To">The highest number, below 64.</param>
/// <param name="Words">Names of the numbers from <paramref name="From"/> on.</param>
internal sealed record CronField(string Name, int From, int To, string[] Words)
{
    /// <summary>The fields in their order.</summary>
    public static IReadOnlyList<CronField> All { get; } =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    /// <summary>Reads lists, ranges and steps; each number of the field is a bit of <paramref name="set"/>.</summary>
    public bool TryRead(string text, out ulong set)
    {
        set = 0;
        foreach (var part in text.Split(','))
        {
            if (!TryReadPart(part, out var numbers))
            {
                return false;
            }

            set |= numbers;
        }

        return true;
    }

    private bool TryReadPart(string text, out ulong set)
    {
        set = 0;
        var slash = text.Split('/');
        var range = slash[0].Split('-');
        var step = 1;
        if (slash.Length > 2 || range.Length > 2 || (slash.Length == 2 && (!TryNumber(slash[1], out step) || step == 0)))
        {
            return false;
        }

        var (first, last) = (From, To);
        if (slash[0] is not ("*" or "?"))
        {
            if (!TryValue(range[0], out first) || !TryValue(range[^1], out last))
            {
                return false;
            }

            // A start alone with a step goes on to the end.
            last = range.Length == 1 && slash.Length == 2 ? To : last;
        }

        for (var value = first; value <= last; value += step)
        {
            set |= 1UL << value;
        }

        return first <= last;
    }

    private bool TryValue(string text, out int value)
    {
        var word = Array.FindIndex(Words, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = From + word;
        return word >= 0 || (TryNumber(text, out value) && value >= From && value <= To);
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
