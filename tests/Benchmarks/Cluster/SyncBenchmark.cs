using System.Text.Json;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.TestKit;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>How long a cache takes to fill, and what it weighs.</summary>
internal static class SyncBenchmark
{
    private const double Megabyte = 1_000_000;

    private static readonly TimeSpan SampleTimeout = TimeSpan.FromMinutes(5);

    public static async Task<IEnumerable<Line>> RunAsync(BenchmarkCluster cluster, Settings settings)
    {
        var samples = SyncSample.Modes.ToDictionary(static mode => mode, static _ => new List<SyncSample>());
        for (var round = 1; round <= settings.Rounds; round++)
        {
            foreach (var mode in SyncSample.Modes)
            {
                Progress.Say($"sync of {settings.Objects} objects, {mode}, round {round}");
                samples[mode].Add(await SampleAsync(cluster, settings, mode));
            }
        }

        var bare = samples["bare"];
        var lines = new List<Line>
        {
            new("sync", $"bytes of a list of {settings.Objects}", "bytes per object", Of(bare, sample => sample.Bytes / (double)settings.Objects)),
            new("sync", "process that keeps nothing", "MB resident", Of(bare, static sample => sample.RssBytes / Megabyte)),
        };
        foreach (var mode in SyncSample.Modes.Skip(1))
        {
            lines.AddRange(Lines(mode, samples[mode], bare, settings.Objects));
        }

        return lines;
    }

    private static IEnumerable<Line> Lines(string mode, List<SyncSample> ours, List<SyncSample> bare, int objects) =>
    [
        new("sync", $"{mode}, first in the process", "s", Of(ours, static sample => sample.Seconds), Of(bare, static sample => sample.Seconds), "bare HTTP list"),
        new("sync", $"{mode}, second", "s", Of(ours, static sample => sample.WarmSeconds), Of(bare, static sample => sample.WarmSeconds), "bare HTTP list"),
        new("sync", $"{mode}, managed heap", "bytes per object", Difference(ours, bare, objects)),
        new("sync", $"{mode}, whole process", "MB resident", Of(ours, static sample => sample.RssBytes / Megabyte)),
        new("sync", $"{mode}, of these anonymous", "MB resident", Of(ours, static sample => sample.AnonymousBytes / Megabyte)),
        new("sync", $"{mode}, peak", "MB resident", Of(ours, static sample => sample.PeakBytes / Megabyte)),
    ];

    private static Samples Of(List<SyncSample> samples, Func<SyncSample, double> value) => new([.. samples.Select(value)]);

    private static Samples Difference(List<SyncSample> ours, List<SyncSample> bare, int objects) =>
        new([.. ours.Zip(bare, (mine, floor) => (mine.HeapBytes - floor.HeapBytes) / (double)objects)]);

    private static async Task<SyncSample> SampleAsync(BenchmarkCluster cluster, Settings settings, string mode)
    {
        string[] arguments = [SyncSample.Verb, mode, cluster.Kubeconfig, cluster.Namespace, settings.Objects.ToString()];
        var result = await Shell.RunAsync(
            "dotnet", [typeof(SyncSample).Assembly.Location, .. arguments], new ShellOptions { Timeout = SampleTimeout }, CancellationToken.None);
        return JsonSerializer.Deserialize<SyncSample>(result.EnsureSuccess().Output)!;
    }
}
