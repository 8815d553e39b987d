using System.Globalization;

namespace RunbookOperator.Actions;

/// <summary>The moments that a range query asks for.</summary>
/// <param name="Start">The first, in seconds since 1970.</param>
/// <param name="Step">Seconds from one to the next.</param>
/// <param name="Count">How many.</param>
internal sealed record Window(long Start, long Step, int Count)
{
    /// <summary>The most moments; Prometheus refuses more than 11,000.</summary>
    public const int MaximumCount = 1000;

    /// <summary>How many moments are looked at if nothing is said.</summary>
    public const int DefaultCount = 60;

    /// <summary>The last.</summary>
    public long End => Start + (Step * (Count - 1));

    /// <summary>The moments of a length of time up to now.</summary>
    /// <param name="now">The last moment, cut to its second.</param>
    /// <param name="length">How far back; at least a second.</param>
    /// <param name="step">From one to the next; null for a sixtieth of the length, at least a second.</param>
    /// <exception cref="ActionException">There would be too many.</exception>
    public static Window Of(DateTimeOffset now, TimeSpan length, TimeSpan? step)
    {
        var seconds = (long)length.TotalSeconds;
        var each = Math.Max(1, step is { } given ? (long)given.TotalSeconds : (seconds + DefaultCount - 1) / DefaultCount);
        var count = (seconds / each) + 1;
        return count <= MaximumCount
            ? new Window(now.ToUnixTimeSeconds() - ((count - 1) * each), each, (int)count)
            : throw new ActionException($"the input step is too small: {count} moments, and at most {MaximumCount} are asked for");
    }

    /// <summary>The parameters of the query.</summary>
    public string Parameters => string.Create(CultureInfo.InvariantCulture, $"&start={Start}&end={End}&step={Step}");

    /// <summary>The values of all series at each moment.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Moments(IReadOnlyList<Series> series)
    {
        var moments = Enumerable.Range(0, Count).Select(_ => new List<double>()).ToArray();
        foreach (var (time, value) in series.SelectMany(one => one.Points))
        {
            var at = (long)Math.Round((time - Start) / Step);
            if (at >= 0 && at < Count)
            {
                moments[at].Add(value);
            }
        }

        return moments;
    }
}
