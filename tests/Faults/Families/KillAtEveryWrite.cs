using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The operator is killed before and after each of its writes of a whole story, with one replica and with two.</summary>
internal sealed class KillAtEveryWrite() : Family("F1", "SIGKILL before and after every write")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> _points = new(StringComparer.Ordinal);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f1", lanes: 1, asks: true);
        var target = default(Replica);
        using var sender = new AlertSender(() => Volatile.Read(ref target)!.Process.AlertsOf(arena.Namespace));
        var stage = new Stage(trial, arena, sender, replica => Volatile.Write(ref target, replica));
        var writes = await stage.CountAsync();
        trial.Note($"{writes} writes in a story");
        foreach (var replicas in (int[])[1, 2])
        {
            await stage.BeginAsync(replicas);
            foreach (var (write, after) in Points(trial, writes))
            {
                var point = await stage.KillAsync(write, after);
                _points.AddOrUpdate(point, 1, static (_, count) => count + 1);
            }

            await stage.EndAsync();
        }

        trial.Note($"{_points.Keys.Count(static point => point != Stage.Missed)} kinds of moments");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    // A full dose is every moment; less of it is a choice by the seed.
    private static IEnumerable<(int Write, bool After)> Points(Trial trial, int writes)
    {
        var all = Enumerable.Range(1, writes).SelectMany(static write => new[] { (write, false), (write, true) }).ToList();
        for (var left = trial.Times(all.Count, least: 2); left > 0; left -= all.Count)
        {
            foreach (var point in all.OrderBy(_ => trial.Chance()).Take(left))
            {
                yield return point;
            }
        }
    }

    private sealed class Stage(Trial trial, Arena arena, AlertSender sender, Action<Replica> receives)
    {
        public const string Missed = "none";

        private readonly Story _story = new(trial.Bench, arena, sender, Patience);
        private readonly List<Replica> _replicas = [];
        private int _stories;
        private int _wanted;

        public async Task<int> CountAsync()
        {
            await BeginAsync(1);
            var writes = 0;
            var replica = _replicas[0];
            replica.Proxy.Rule = request =>
            {
                if (request.IsWrite)
                {
                    Interlocked.Increment(ref writes);
                }

                return ProxyRule.Pass;
            };
            await PlayAsync();
            await EndAsync();
            return writes;
        }

        public async Task BeginAsync(int replicas)
        {
            _wanted = replicas;
            await Replica.FreeLeaseAsync(trial.Bench);
            for (var i = 0; i < replicas; i++)
            {
                await AddAsync();
                await Eventually.UntilAsync("the first leads", Patience, () => _replicas[0].LeadsAsync(trial.Bench));
            }
        }

        public async Task EndAsync()
        {
            foreach (var replica in _replicas)
            {
                await replica.DisposeAsync();
            }

            _replicas.Clear();
        }

        /// <summary>Kills the leader at a write of a new story, and sees the story to its end.</summary>
        public async Task<string> KillAsync(int write, bool after)
        {
            while (_replicas[0].Process.HasExited)
            {
                await ReplaceAsync(_replicas[0]);
            }

            var leader = _replicas[0];
            var trap = new Trap(write, after, leader.Process.Kill);
            leader.Proxy.Rule = trap.Look;
            receives(leader);
            var playing = PlayAsync();
            if (await Task.WhenAny(trap.Sprung, playing) == playing && !trap.Sprung.IsCompleted)
            {
                await playing;
                leader.Proxy.Rule = static _ => ProxyRule.Pass;
                return Missed;
            }

            trial.Fire();
            await ReplaceAsync(leader);
            await KeepAsync(playing);
            var request = await trap.Sprung;
            return $"{(after ? "after" : "before")} {request.Method} {request.Resource}";
        }

        // On a busy machine one may lose its lease besides; like a kubelet, this starts another.
        private async Task KeepAsync(Task playing)
        {
            while (await Task.WhenAny([playing, .. _replicas.Select(static replica => replica.Process.ExitAsync())]) != playing)
            {
                foreach (var ended in _replicas.Where(static replica => replica.Process.HasExited).ToList())
                {
                    await ReplaceAsync(ended);
                }
            }

            await playing;
        }

        private async Task ReplaceAsync(Replica dead)
        {
            _replicas.Remove(dead);
            if (_wanted == 1)
            {
                await Replica.FreeLeaseAsync(trial.Bench);
            }

            await AddAsync();
            receives(_replicas[0]);
            await dead.DisposeAsync();
        }

        private async Task AddAsync()
        {
            var replica = await Replica.StartAsync(trial.Bench, lease: "3s");
            _replicas.Add(replica);
            receives(_replicas[0]);
            await replica.Process.ReadyAsync();
        }

        private async Task PlayAsync()
        {
            var service = $"story{Interlocked.Increment(ref _stories)}";
            var run = await _story.PlayAsync(service, 0);
            trial.Subject();
            if (run.Status!.Phase != ExecutionPhase.Succeeded)
            {
                trial.Fail($"{service} ended as {run.Status.Phase}: {string.Join(", ", run.Status.Steps!.Select(static step => $"{step.Name} {step.State} {step.Message}"))}");
            }
        }
    }
}
