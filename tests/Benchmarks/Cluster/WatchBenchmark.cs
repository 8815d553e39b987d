using System.Diagnostics;
using RunbookOperator.Api;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>How long after the POST was begun a change is seen: by a bare watch that looks for the name in the bytes, and by the handler of an
/// informer that holds all the runbooks.</summary>
internal static class WatchBenchmark
{
    private const int Posts = 300;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public static async Task<IEnumerable<Line>> RunAsync(BenchmarkCluster cluster, Settings settings)
    {
        var (ours, floor) = (new List<Samples>(), new List<Samples>());
        using var client = new KubernetesClient(ClusterConfig.Load(cluster.Kubeconfig));
        for (var round = 0; round <= settings.Rounds; round++)
        {
            Progress.Say(round == 0 ? "watch, warming up" : $"watch with {settings.Objects} objects, round {round}");
            var bare = await BareAsync(cluster, settings, $"bare-{round}-");
            var informer = await InformerAsync(client, cluster, settings, $"informer-{round}-");
            if (round > 0)
            {
                floor.Add(bare);
                ours.Add(informer);
            }
        }

        return
        [
            Line("p50", ours, floor, 0.5),
            Line("p99", ours, floor, 0.99),
        ];
    }

    private static Line Line(string name, List<Samples> ours, List<Samples> floor, double part) => new(
        "watch", $"POST to event, {name} of {Posts}", "ms", new([.. ours.Select(samples => samples.At(part))]), new([.. floor.Select(samples => samples.At(part))]), "bare HTTP watch");

    private static async Task<Samples> InformerAsync(KubernetesClient client, BenchmarkCluster cluster, Settings settings, string prefix)
    {
        var arrivals = new Arrivals(prefix, Posts);
        var context = new RuntimeContext();
        var informer = new Informer<Runbook>(client, new InformerOptions { Namespace = cluster.Namespace }, context);
        using var stop = new CancellationTokenSource();
        var run = informer.RunAsync(stop.Token);
        await informer.WaitForSyncAsync(CancellationToken.None);
        informer.Subscribe(change => arrivals.Saw(change.Object.Metadata.Name!));
        var samples = await PostAsync(cluster, settings, arrivals);
        await stop.CancelAsync();
        await run;
        return samples;
    }

    private static async Task<Samples> BareAsync(BenchmarkCluster cluster, Settings settings, string prefix)
    {
        var arrivals = new Arrivals(prefix, Posts);
        using var stop = new CancellationTokenSource();
        using var head = await cluster.Api.GetAsync(RawApi.Collection(cluster.Namespace) + "?limit=1", stop.Token);
        var version = (string)System.Text.Json.Nodes.JsonNode.Parse(await head.Content.ReadAsStringAsync())!["metadata"]!["resourceVersion"]!;
        using var watch = await cluster.Api.GetAsync($"{RawApi.Collection(cluster.Namespace)}?watch=true&resourceVersion={version}", stop.Token);
        var reading = ReadAsync(await watch.Content.ReadAsStreamAsync(), arrivals, stop.Token);
        var samples = await PostAsync(cluster, settings, arrivals);
        await stop.CancelAsync();
        await reading;
        return samples;
    }

    // One event a line; the name stands in the first part of it.
    private static async Task ReadAsync(Stream stream, Arrivals arrivals, CancellationToken stop)
    {
        try
        {
            using var reader = new StreamReader(stream, bufferSize: 32 << 10);
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                const string Marker = "\"name\":\"";
                for (var at = line.IndexOf(Marker, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Marker, at + 1, StringComparison.Ordinal))
                {
                    var name = line.AsSpan(at + Marker.Length);
                    arrivals.Saw(name[..name.IndexOf('"')]);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All events are there.
        }
    }

    private static async Task<Samples> PostAsync(BenchmarkCluster cluster, Settings settings, Arrivals arrivals)
    {
        var bodies = Enumerable.Range(0, Posts).Select(i => cluster.Body(settings, settings.Objects + i, arrivals.Name(i))).ToList();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Posts; i++)
        {
            var wait = (Pace * i) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System);
            }

            arrivals.Sending(i);
            await cluster.Api.PostAsync(RawApi.Collection(cluster.Namespace), bodies[i]);
        }

        return await arrivals.AllAsync();
    }
}
