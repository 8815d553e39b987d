using RunbookOperator.Api;

namespace RunbookOperator.Faults;

/// <summary>Two Alertmanagers that send the same alerts again and again, ends before beginnings, and fingerprints that come back with another
/// start.</summary>
internal sealed class DisorderlyAlerts() : Family("F10", "alerts twice, out of order, from two senders and two replicas")
{
    private const int Repeats = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f10", lanes: 4, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var first = await Replica.StartAsync(trial.Bench);
        await first.Process.ReadyAsync();
        await using var second = await Replica.StartAsync(trial.Bench);
        await second.Process.ReadyAsync();
        using var one = new AlertSender(() => first.Process.AlertsOf(arena.Namespace));
        using var two = new AlertSender(() => second.Process.AlertsOf(arena.Namespace));
        var services = Enumerable.Range(0, trial.Times(40, least: 4)).Select(static i => $"svc{i}").ToList();
        await Parallel.ForEachAsync(services, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (service, _) =>
        {
            var messages = Messages(trial, service, services.IndexOf(service) % arena.Lanes);
            await Task.WhenAll(SendAllAsync(trial, one, messages), SendAllAsync(trial, two, messages));
        });
        var story = new Story(trial.Bench, arena, one, Patience);
        foreach (var service in services)
        {
            var run = await story.EndAsync(service);
            if (!ExecutionPhase.IsFinal(run.Status!.Phase))
            {
                trial.Fail($"the run for {service} did not end");
            }
        }

        trial.Note($"{one.Taken.Count + two.Taken.Count} alerts taken, {services.Count} incidents, one run each");
        await trial.JudgeAsync(arena, one.Taken.Concat(two.Taken));
    }

    // What is told of one service: it fires, and by the reckoning of another clock fired an hour before or after; its end is told too.
    private static List<SentAlert> Messages(Trial trial, string service, int lane)
    {
        var firing = SentAlert.Firing(service, lane);
        var reused = firing with { StartsAt = firing.StartsAt.AddHours(trial.Chance() < 0.5 ? -1 : 1) };
        return [firing, reused, firing with { EndsAt = firing.StartsAt }];
    }

    private static async Task SendAllAsync(Trial trial, AlertSender sender, IReadOnlyList<SentAlert> messages)
    {
        // An end that comes first opens nothing, so at least one beginning is sent whatever the order.
        var order = Enumerable.Range(0, Repeats).SelectMany(_ => messages).OrderBy(_ => trial.Chance()).ToList();
        foreach (var message in order)
        {
            await sender.SendAsync(message, Patience);
            trial.Fire();
            trial.Subject();
        }
    }
}
