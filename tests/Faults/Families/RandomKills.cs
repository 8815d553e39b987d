using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The operator is killed at any time while runs go on in all lanes; the next one starts at once.</summary>
internal sealed class RandomKills() : Family("F2", "SIGKILL at a random time under load")
{
    private const int Lanes = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f2", Lanes, asks: false);
        var alive = new Recovery(trial.Bench);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var supervisor = await Supervisor.StartAsync(alive.StartAsync);
        using var sender = new AlertSender(() => supervisor.Current.Process.AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience);
        for (var i = trial.Times(60, least: 3); i > 0; i--)
        {
            await Task.Delay(trial.Between(0.2, 1.5), TimeProvider.System);
            var victim = supervisor.Current;
            await alive.KillAsync(victim, trial);
        }

        var rest = await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; recovery in ms: {alive.Summary()}; all runs ended {rest.TotalSeconds:0.0} s after the last kill");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    /// <summary>How long it takes from a kill to the next write.</summary>
    private sealed class Recovery(Bench bench)
    {
        private readonly List<double> _milliseconds = [];
        private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<Replica> StartAsync()
        {
            await Replica.FreeLeaseAsync(bench);
            return await Replica.StartAsync(bench, Look);
        }

        public async Task KillAsync(Replica victim, Trial trial)
        {
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = TimeProvider.System.GetTimestamp();
            victim.Process.Kill();
            victim.Proxy.Rule = static _ => new ProxyRule { Drop = true };
            Volatile.Write(ref _written, written);
            trial.Fire();
            await written.Task.WaitAsync(Patience);
            _milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        public string Summary()
        {
            var sorted = _milliseconds.Order().ToList();
            return $"median {sorted[sorted.Count / 2]:0}, most {sorted[^1]:0}";
        }

        private ProxyRule Look(ProxiedRequest request)
        {
            if (request.IsWrite)
            {
                Volatile.Read(ref _written).TrySetResult();
            }

            return ProxyRule.Pass;
        }
    }
}
