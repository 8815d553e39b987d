using System.Diagnostics;
using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>One first list in a process of its own, as at the start of an operator; the process prints what it measured.</summary>
/// <param name="Seconds">The first list, in a process that has done nothing yet.</param>
/// <param name="WarmSeconds">The second.</param>
/// <param name="Bytes">How many bytes came in the first; 0 where nobody counts.</param>
/// <param name="RssBytes">Resident when only what must be kept is kept.</param>
/// <param name="AnonymousBytes">Of these without files: code that is shared with others is not in it.</param>
/// <param name="PeakBytes">The most that was ever resident.</param>
/// <param name="HeapBytes">Managed and alive.</param>
internal sealed record SyncSample(
    double Seconds, double WarmSeconds, long Bytes, long RssBytes, long AnonymousBytes, long PeakBytes, long HeapBytes)
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "sync-sample";

    /// <summary>The ways to list, of which one is the second argument.</summary>
    public static readonly IReadOnlyList<string> Modes = ["bare", "full", "projected", "metadata"];

    private static readonly int PageSize = new InformerOptions().PageSize;

    /// <summary>Measures in this process. Arguments: mode, kubeconfig, namespace, number of objects.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var (mode, kubeconfig, ns, objects) = (arguments[0], arguments[1], arguments[2], int.Parse(arguments[3]));
        var sample = mode switch
        {
            "bare" => await BareAsync(kubeconfig, ns),
            "full" => await InformerAsync(kubeconfig, objects, (client, context) => new Informer<Runbook>(client, Options(ns), context)),
            "projected" => await InformerAsync(kubeconfig, objects, (client, context) => new Informer<RunbookMetadata>(client, Options(ns), context)),
            "metadata" => await InformerAsync(kubeconfig, objects, (client, context) => new MetadataInformer(client, Runbook.Definition, Options(ns), context)),
            _ => throw new ArgumentException($"There is no mode {mode}.", nameof(arguments)),
        };
        Console.WriteLine(JsonSerializer.Serialize(sample));
    }

    private static async Task<SyncSample> BareAsync(string kubeconfig, string ns)
    {
        using var api = new RawApi(kubeconfig);
        var started = Stopwatch.GetTimestamp();
        var bytes = await api.ListAsync(RawApi.Collection(ns), PageSize);
        var cold = Stopwatch.GetElapsedTime(started);
        var sample = Sizes(cold, bytes);
        started = Stopwatch.GetTimestamp();
        await api.ListAsync(RawApi.Collection(ns), PageSize);
        return sample with { WarmSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }

    private static InformerOptions Options(string ns) => new() { Namespace = ns };

    private static async Task<SyncSample> InformerAsync<T>(
        string kubeconfig, int objects, Func<IKubernetesClient, RuntimeContext, IInformer<T>> create)
        where T : class, IKubernetesObject
    {
        using var client = new KubernetesClient(ClusterConfig.Load(kubeconfig));
        var context = new RuntimeContext();
        var (informer, cold) = await SyncAsync(create(client, context), objects);
        var sample = Sizes(cold, 0);
        GC.KeepAlive(informer);
        var (_, warm) = await SyncAsync(create(client, context), objects);
        return sample with { WarmSeconds = warm.TotalSeconds };
    }

    private static async Task<(IInformer<T> Informer, TimeSpan Elapsed)> SyncAsync<T>(IInformer<T> informer, int objects)
        where T : class, IKubernetesObject
    {
        using var stop = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var run = informer.RunAsync(stop.Token);
        await informer.WaitForSyncAsync(CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await stop.CancelAsync();
        await run;
        return informer.List().Count >= objects
            ? (informer, elapsed)
            : throw new InvalidOperationException($"The informer holds {informer.List().Count} of {objects} objects.");
    }

    private static SyncSample Sizes(TimeSpan cold, long bytes)
    {
        var peak = Machine.ProcessBytes("VmHWM");
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new SyncSample(
            cold.TotalSeconds, 0, bytes, Machine.ProcessBytes("VmRSS"), Machine.ProcessBytes("RssAnon"), peak, GC.GetTotalMemory(forceFullCollection: true));
    }
}
