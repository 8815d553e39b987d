namespace RunbookOperator.Faults;

/// <summary>etcd stands still, refuses writes for want of space, or forgets its history.</summary>
internal sealed class EtcdTrouble() : Family("F5", "etcd stopped, out of space, compacted")
{
    private const int Lanes = 4;
    private const long Growth = 50L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f5", Lanes, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var supervisor = await Supervisor.StartAsync(() => Replica.StartAsync(trial.Bench));
        using var sender = new AlertSender(() => supervisor.Current.Process.AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience, mayDoubt: true);
        var recoveries = new Recoveries(trial, lanes);
        await recoveries.AwaitAsync();
        var before = supervisor.Current.Process.WorkingSet;
        foreach (var fault in Faults(trial))
        {
            var (current, probes) = (supervisor.Current, ProbeAsync(trial, sender));
            await fault();
            trial.Fire();
            await recoveries.AwaitAsync();
            await probes;
            if (current == supervisor.Current && current.Process.WorkingSet - before is var more and > Growth)
            {
                trial.Fail($"the operator holds {more >> 20} MiB more than before");
            }
        }

        await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; {recoveries.Summary()}; answers to alerts: {Answers(sender)}; {supervisor.Restarts} restarts of the operator");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    private static IEnumerable<Func<Task>> Faults(Trial trial)
    {
        var cluster = trial.Bench.Cluster;
        for (var i = trial.Times(3); i > 0; i--)
        {
            yield return () => cluster.FreezeEtcdAsync(TimeSpan.FromSeconds(1));
            yield return () => FillAsync(trial);
            yield return () => cluster.CompactAsync();
        }

        for (var i = trial.Times(2, least: 0); i > 0; i--)
        {
            yield return () => cluster.FreezeEtcdAsync(TimeSpan.FromSeconds(5));
        }

        for (var i = trial.Times(1, least: 0); i > 0; i--)
        {
            yield return () => cluster.FreezeEtcdAsync(TimeSpan.FromSeconds(20));
        }
    }

    private static async Task FillAsync(Trial trial)
    {
        await trial.Bench.Cluster.SetSpaceAlarmAsync(full: true);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        }
        finally
        {
            await trial.Bench.Cluster.SetSpaceAlarmAsync(full: false);
        }
    }

    // Alerts that fit no runbook, sent while nothing can be stored: whatever is answered, 2xx must mean that it is.
    private static async Task ProbeAsync(Trial trial, AlertSender sender)
    {
        for (var i = 0; i < 4; i++)
        {
            await sender.TrySendAsync([SentAlert.Firing($"probe{trial.Chance() * 1e9:0}", 0) with { Name = "Noise" }]);
        }
    }

    private static string Answers(AlertSender sender) => string.Join(
        ", ", sender.Answers.OrderBy(static pair => pair.Key).Select(static pair => $"{(pair.Key == 0 ? "none" : pair.Key)} {pair.Value} times"));
}
