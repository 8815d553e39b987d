using System.Threading.Channels;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Benchmarks.Loops;

/// <summary>A controller whose reconciler does nothing: what the runtime itself costs for each pass.</summary>
internal static class DispatchBenchmark
{
    private const int Workers = 4;

    private const int Turns = 100_000;

    public static IEnumerable<Line> Run(Settings settings)
    {
        var keys = Keys.Take(Turns);
        var costs = Interleaved.Run(
            settings.Rounds, Turns, () => DispatchAsync(keys).GetAwaiter().GetResult(), () => DispatchByChannelAsync(keys).GetAwaiter().GetResult());
        return Interleaved.Lines("dispatch", $"one pass, {Workers} workers", "as many tasks reading a Channel", costs);
    }

    private static async Task DispatchAsync(NamespacedName[] keys)
    {
        using var stop = new CancellationTokenSource();
        var context = new RuntimeContext();
        using var metrics = context.Metrics;
        using var controller = ControllerBuilder.For(new Informer<ConfigMap>(NoClient(), new InformerOptions(), context))
            .WithOptions(new ControllerOptions { Workers = Workers })
            .Build(new NoReconciler(), context);
        var run = controller.RunAsync(stop.Token);
        foreach (var key in keys)
        {
            controller.Enqueue(key);
        }

        await controller.IdleAsync(CancellationToken.None);
        await stop.CancelAsync();
        await run;
    }

    private static async Task DispatchByChannelAsync(NamespacedName[] keys)
    {
        var channel = Channel.CreateUnbounded<NamespacedName>();
        var reconciler = new NoReconciler();
        Task[] workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            await foreach (var key in channel.Reader.ReadAllAsync())
            {
                await reconciler.ReconcileAsync(key, CancellationToken.None);
            }
        }))];
        foreach (var key in keys)
        {
            channel.Writer.TryWrite(key);
        }

        channel.Writer.Complete();
        await Task.WhenAll(workers);
    }

    // The informer is never run.
    private static KubernetesClient NoClient() => new(new Uri("https://cluster.example"), new HttpClientHandler());

    private sealed class NoReconciler : IReconciler
    {
        public Task<ReconcileResult> ReconcileAsync(NamespacedName request, CancellationToken cancellationToken) => Task.FromResult(ReconcileResult.Done);
    }
}
