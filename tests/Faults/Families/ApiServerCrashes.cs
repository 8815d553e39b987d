namespace RunbookOperator.Faults;

/// <summary>The API server is killed under load and comes back after a while.</summary>
internal sealed class ApiServerCrashes() : Family("F4", "SIGKILL of the API server")
{
    private const int Lanes = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f4", Lanes, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var supervisor = await Supervisor.StartAsync(() => Replica.StartAsync(trial.Bench));
        using var sender = new AlertSender(() => supervisor.Current.Process.AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience, mayDoubt: true);
        var recoveries = new Recoveries(trial, lanes);
        for (var i = trial.Times(8); i > 0; i--)
        {
            await Task.Delay(trial.Between(0.5, 3), TimeProvider.System);
            await trial.Bench.Cluster.CrashApiServerAsync(trial.Between(0, 2));
            trial.Fire();
            await trial.Bench.Cluster.ReadyAsync();
            await recoveries.AwaitAsync();
        }

        await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; {recoveries.Summary()} after the API server was ready; {supervisor.Restarts} restarts of the operator");
        await trial.JudgeAsync(arena, sender.Taken);
    }
}
