using System.Threading.Channels;
using RunbookOperator.Benchmarks.Report;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Benchmarks.Loops;

/// <summary>The queue without a worker behind it: what each key costs on its way through.</summary>
internal static class QueueBenchmark
{
    private const int Turns = 500_000;

    private const string FloorIs = "write to and read from a Channel";

    public static IEnumerable<Line> Run(Settings settings)
    {
        var context = new RuntimeContext();
        var keys = Keys.Take(1000);
        var work = new WorkQueue("work", context);
        var limiter = new RateLimiter(context.Jitter);
        Action floor = () => PassThroughChannel(keys);
        return
        [
            .. Interleaved.Lines("queue", "add, get, done", FloorIs, Interleaved.Run(settings.Rounds, Turns, () => PassThrough(work, keys), floor)),
            .. Interleaved.Lines("queue", "add twice, get, done", FloorIs, Interleaved.Run(settings.Rounds, Turns, () => PassTwice(work, keys), floor)),
            .. Interleaved.Lines("queue", "count a failure, forget it", FloorIs, Interleaved.Run(settings.Rounds, Turns, () => Limit(limiter, keys), floor)),
        ];
    }

    private static void PassThrough(WorkQueue queue, NamespacedName[] keys)
    {
        for (var i = 0; i < Turns; i++)
        {
            queue.Add(keys[i % keys.Length]);
            queue.Done(Take(queue));
        }
    }

    private static void PassTwice(WorkQueue queue, NamespacedName[] keys)
    {
        for (var i = 0; i < Turns; i++)
        {
            var key = keys[i % keys.Length];
            queue.Add(key);
            queue.Add(key);
            queue.Done(Take(queue));
        }
    }

    // There is a key, so the task has ended when it is returned.
    private static NamespacedName Take(WorkQueue queue) => queue.GetAsync(CancellationToken.None).GetAwaiter().GetResult()!.Value;

    private static void Limit(RateLimiter limiter, NamespacedName[] keys)
    {
        for (var i = 0; i < Turns; i++)
        {
            limiter.Next(keys[i % keys.Length]);
            limiter.Forget(keys[i % keys.Length]);
        }
    }

    private static void PassThroughChannel(NamespacedName[] keys)
    {
        var channel = Channel.CreateUnbounded<NamespacedName>();
        for (var i = 0; i < Turns; i++)
        {
            channel.Writer.TryWrite(keys[i % keys.Length]);
            channel.Reader.TryRead(out _);
        }
    }
}
