using System.Diagnostics;
using RunbookOperator.Benchmarks.Report;

namespace RunbookOperator.Benchmarks.Loops;

/// <summary>Runs two loops in turn, A B A B, after one round that does not count.</summary>
internal static class Interleaved
{
    /// <summary>What one loop costs for each of its turns.</summary>
    internal sealed record Cost(double Nanoseconds, double Bytes);

    /// <summary>Measures <paramref name="ours"/> and <paramref name="floor"/>, which take <paramref name="turns"/> turns each time.</summary>
    public static (List<Cost> Ours, List<Cost> Floor) Run(int rounds, int turns, Action ours, Action floor)
    {
        Measure(turns, floor);
        Measure(turns, ours);
        var costs = (Ours: new List<Cost>(), Floor: new List<Cost>());
        for (var round = 0; round < rounds; round++)
        {
            costs.Floor.Add(Measure(turns, floor));
            costs.Ours.Add(Measure(turns, ours));
        }

        return costs;
    }

    /// <summary>The lines for time and memory.</summary>
    public static IEnumerable<Line> Lines(string benchmark, string what, string floorIs, (List<Cost> Ours, List<Cost> Floor) costs) =>
    [
        new(benchmark, what, "ns", Nanoseconds(costs.Ours), Nanoseconds(costs.Floor), floorIs),
        new(benchmark, what, "bytes allocated", new Samples([.. costs.Ours.Select(static cost => cost.Bytes)])),
    ];

    private static Samples Nanoseconds(List<Cost> costs) => new([.. costs.Select(static cost => cost.Nanoseconds)]);

    private static Cost Measure(int turns, Action loop)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        loop();
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new Cost(elapsed.TotalNanoseconds / turns, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)turns);
    }
}
