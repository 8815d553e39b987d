using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The leader is stopped in the moment in which it acts, another takes over, and the stopped one goes on: its late act arrives when the
/// other has long gone on.</summary>
internal sealed class ZombieLeader() : Family("F3", "SIGSTOP of the acting leader, SIGCONT after another leads")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected override async Task RunAsync(Trial trial)
    {
        var bench = trial.Bench;
        var arena = await Arena.CreateAsync("f3", lanes: 2, asks: false);
        await Replica.FreeLeaseAsync(bench);
        await using var first = await Supervisor.StartAsync(() => Replica.StartAsync(bench, lease: "3s"));
        await Eventually.UntilAsync("the first leads", Patience, () => first.Current.LeadsAsync(bench));
        await using var second = await Supervisor.StartAsync(() => Replica.StartAsync(bench, lease: "3s"));
        var frozen = default(Replica);
        using var sender = new AlertSender(() => (Volatile.Read(ref frozen) == first.Current ? second : first).Current.Process.AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience);
        for (var i = trial.Times(20); i > 0; i--)
        {
            var leader = await LeaderAsync(bench, first, second);
            Volatile.Write(ref frozen, leader.Current);
            await FreezeAsync(trial, leader.Current, lanes);
            Volatile.Write(ref frozen, null);
        }

        await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; {first.Restarts + second.Restarts} of the stopped leaders gave up and were started again");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    private static async Task FreezeAsync(Trial trial, Replica leader, Lanes lanes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var caught = 0;
        leader.Proxy.Rule = request =>
        {
            var acts = request.Method == "PATCH" && request.Resource == "deployments";
            return acts && Interlocked.Exchange(ref caught, 1) == 0 ? new ProxyRule { Before = FreezeAsync, After = AfterAsync } : ProxyRule.Pass;
        };
        await done.Task.WaitAsync(Patience * 2);
        leader.Proxy.Rule = static _ => ProxyRule.Pass;

        async Task FreezeAsync()
        {
            await leader.Process.FreezeAsync();
            trial.Fire();
            var played = lanes.Played;
            try
            {
                await Eventually.UntilAsync("another leads", Patience / 2, async () => !await leader.LeadsAsync(trial.Bench));
                await Eventually.UntilAsync("the other goes on", Patience / 2, () => Task.FromResult(lanes.Played > played));
                await Task.Delay(trial.Between(0, 2), TimeProvider.System);
            }
            catch (TimeoutException exception)
            {
                await leader.Process.ThawAsync();
                done.TrySetException(exception);
            }
        }

        // Its act is answered; now it hears of that, and of the time that has passed.
        async Task AfterAsync()
        {
            await leader.Process.ThawAsync();
            done.TrySetResult();
        }
    }

    private static async Task<Supervisor> LeaderAsync(Bench bench, Supervisor first, Supervisor second)
    {
        var found = default(Supervisor);
        await Eventually.UntilAsync("somebody leads", Patience, async () =>
        {
            found = await first.Current.LeadsAsync(bench) ? first : await second.Current.LeadsAsync(bench) ? second : null;
            return found is not null && !first.Current.Process.HasExited && !second.Current.Process.HasExited;
        });
        await first.Current.Process.ReadyAsync();
        await second.Current.Process.ReadyAsync();
        return found!;
    }
}
