using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Reads that are behind, as from a lagging API server: single objects as they were a version ago, lists from long ago after a stream
/// broke, and changes that are never seen because they came and went while the streams were held.</summary>
internal sealed class StaleReads() : Family("F7", "stale reads and lists, changes never seen")
{
    private const double Share = 0.3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f7", lanes: 3, asks: false);
        var lag = new Lag(trial);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var replica = await Replica.StartAsync(trial.Bench, lag.Look);
        await replica.Process.ReadyAsync();
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        await using (var lanes = new Lanes(trial, arena, sender, Patience, mayDoubt: true))
        {
            for (var i = trial.Times(15); i > 0; i--)
            {
                await Task.Delay(trial.Between(1, 2), TimeProvider.System);
                foreach (var watch in replica.Proxy.Watches)
                {
                    await watch.BreakAsync(WatchFault.Reset);
                }
            }

            await lanes.FinishAsync();
            trial.Note($"{lanes.Played} runs; {lag.Objects} objects and {lag.Lists} lists were served from the past; {lanes.Unknown} steps were left to a person");
        }

        lag.Stop();
        for (var i = trial.Times(5); i > 0; i--)
        {
            await ReplaceUnseenAsync(trial, arena, replica, i);
        }

        await trial.JudgeAsync(arena, sender.Taken);
    }

    // While nothing is seen, a run that waits is deleted and another of the same name is made: what was decided about the one is nothing to the other.
    private static async Task ReplaceUnseenAsync(Trial trial, Arena arena, Replica replica, int number)
    {
        var (client, name) = (trial.Bench.Client, new NamespacedName(arena.Namespace, $"again{number}"));
        var first = await trial.Bench.StartRunAsync(arena, "lane0", name.Name, Patience);
        foreach (var watch in replica.Proxy.Watches)
        {
            await watch.BreakAsync(WatchFault.Held);
        }

        await client.DeleteAsync<RunbookExecution>(name, null, CancellationToken.None);
        var again = trial.Bench.StartRunAsync(arena, "lane0", name.Name, Patience);
        trial.Fire();
        foreach (var watch in replica.Proxy.Watches)
        {
            await watch.BreakAsync(WatchFault.None);
        }

        var second = await again;
        trial.Subject(2);
        if (first.Metadata.Uid == second.Metadata.Uid || second.Status!.Phase != ExecutionPhase.Succeeded)
        {
            trial.Fail($"the second run named {name.Name} ended as {second.Status!.Phase}");
        }
    }

    /// <summary>Remembers what was read, and now and then serves what was read before in its place.</summary>
    private sealed class Lag(Trial trial)
    {
        private readonly ConcurrentDictionary<string, (byte[] Before, byte[] Last)> _seen = new(StringComparer.Ordinal);
        private volatile bool _stopped;
        private int _objects;
        private int _lists;

        public int Objects => _objects;

        public int Lists => _lists;

        public void Stop() => _stopped = true;

        public ProxyRule Look(ProxiedRequest request)
        {
            if (_stopped || request.Method != "GET" || request.IsWatch || !IsOfTheStory(request))
            {
                return ProxyRule.Pass;
            }

            var remember = new ProxyRule
            {
                Seen = body => _seen.AddOrUpdate(request.Target, (body, body), (_, known) => known.Last.AsSpan().SequenceEqual(body) ? known : (known.Last, body)),
            };
            if (!_seen.TryGetValue(request.Target, out var seen) || ReferenceEquals(seen.Before, seen.Last) || trial.Chance() > Share)
            {
                return remember;
            }

            trial.Fire();
            Interlocked.Increment(ref request.IsList ? ref _lists : ref _objects);
            return new ProxyRule { Body = seen.Before };
        }

        private static bool IsOfTheStory(ProxiedRequest request) => request.Resource is "runbookexecutions" or "incidents" or "deployments" or "runbooks";
    }
}
