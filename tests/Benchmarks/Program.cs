using RunbookOperator.Benchmarks.Cluster;
using RunbookOperator.Benchmarks.Loops;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.TestKit;

namespace RunbookOperator.Benchmarks;

/// <summary>Measures the client and the runtime against floors taken in the same minute. Exit codes: 0 measured; 2 bad arguments.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [SyncSample.Verb, ..])
        {
            await SyncSample.RunAsync(args[1..]);
            return 0;
        }

        Settings settings;
        try
        {
            settings = Settings.Read(args);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        var run = await MeasureAsync(settings);
        await Console.Out.WriteLineAsync(MarkdownTable.Of(run));
        var file = Path.Combine(TestCluster.RepositoryRoot, "artifacts", "benchmarks", $"{run.Started:yyyyMMdd'T'HHmmss}.json");
        await run.SaveAsync(file);
        await Console.Out.WriteLineAsync($"Every sample: {file}");
        return 0;
    }

    private static async Task<BenchmarkRun> MeasureAsync(Settings settings)
    {
        var run = await BenchmarkRun.BeginAsync(settings);
        foreach (var (name, measure) in ((string, Func<Settings, IEnumerable<Line>>)[])
            [("queue", QueueBenchmark.Run), ("dispatch", DispatchBenchmark.Run), ("decode", DecodeBenchmark.Run)])
        {
            if (settings.Only.Contains(name))
            {
                Progress.Say(name);
                run.Add(measure(settings));
            }
        }

        if (settings.NeedsCluster)
        {
            await using var cluster = await BenchmarkCluster.StartAsync(settings);
            run.Server = await cluster.VersionAsync();
            if (settings.Only.Contains("sync"))
            {
                run.Add(await SyncBenchmark.RunAsync(cluster, settings));
            }

            if (settings.Only.Contains("watch"))
            {
                run.Add(await WatchBenchmark.RunAsync(cluster, settings));
            }
        }

        run.End();
        return run;
    }
}
