namespace RunbookOperator.Faults;

/// <summary>Two operators whose clocks disagree: one runs twice as fast, and both are set on and back by an hour while runs go on.</summary>
internal sealed class ClockJumps() : Family("F11", "clocks set by an hour, and one that runs twice as fast")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f11", lanes: 3, asks: true);
        await Replica.FreeLeaseAsync(trial.Bench);
        SkewedTime[] clocks = [new(rate: 1), new(rate: 2)];
        await using var slow = await OwnClockOperator.StartAsync("slow", clocks[0]);
        await using var fast = await OwnClockOperator.StartAsync("fast", clocks[1]);
        using var sender = new AlertSender(() => trial.One([slow, fast]).AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience);
        for (var i = trial.Times(40, least: 4); i > 0; i--)
        {
            await Task.Delay(trial.Between(0.3, 1.5), TimeProvider.System);

            // Never further from the truth than an hour.
            var clock = trial.One(clocks);
            var ahead = clock.GetUtcNow() > TimeProvider.System.GetUtcNow().AddMinutes(20);
            clock.Jump(TimeSpan.FromHours(ahead ? -1 : 1));
            trial.Fire();
        }

        await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; leadership was given up {slow.Restarts + fast.Restarts} times");
        await trial.JudgeAsync(arena, sender.Taken);
    }
}
