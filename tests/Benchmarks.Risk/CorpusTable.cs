using System.Diagnostics;
using System.Text;
using System.Text.Json;
using RunbookOperator.Risk;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Benchmarks.Risk;

/// <summary>Time and memory per command of the corpus, by category: for the parser alone, and for the whole classification.</summary>
internal static class CorpusTable
{
    private const int Rounds = 30;

    private sealed record Entry(string Command, string Category);

    /// <summary>The table.</summary>
    public static string Measure()
    {
        var entries = new[] { "real.jsonl", "adversarial.jsonl" }
            .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file)))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => new Entry(line.GetProperty("command").GetString()!, line.GetProperty("category").GetString()!))
            .ToList();
        var classifier = new RiskClassifier();
        var parse = entries.ConvertAll(entry => Microseconds(() => ShellParser.Parse(entry.Command)));
        var classify = entries.ConvertAll(entry => Microseconds(() => classifier.Classify(entry.Command)));
        var text = new StringBuilder()
            .AppendLine("| category | commands | parse p50 µs | p99 | classify p50 µs | p99 | parse bytes | classify bytes |")
            .AppendLine("|---|---|---|---|---|---|---|---|");
        var groups = entries.Select((entry, index) => (entry.Category, index)).GroupBy(one => one.Category, one => one.index).OrderByDescending(group => group.Count());
        foreach (var group in groups.Append(Enumerable.Range(0, entries.Count).GroupBy(_ => "all").Single()))
        {
            var times = (Parse: group.Select(index => parse[index]).Order().ToList(), Classify: group.Select(index => classify[index]).Order().ToList());
            var bytes = group.Average(index => Bytes(() => ShellParser.Parse(entries[index].Command)));
            var all = group.Average(index => Bytes(() => classifier.Classify(entries[index].Command)));
            text.AppendLine($"| {group.Key} | {group.Count()} | {At(times.Parse, 0.5):0.0} | {At(times.Parse, 0.99):0.0} | {At(times.Classify, 0.5):0.0} | {At(times.Classify, 0.99):0.0} | {bytes:0} | {all:0} |");
        }

        return text.ToString();
    }

    /// <summary>The quickest of many rounds: what the machine does besides only ever adds.</summary>
    public static double Microseconds(Action action, int rounds = Rounds)
    {
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }

        return best;
    }

    private static long Bytes(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
}
