using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Thousands of alerts at once: of few services, and of a service each.</summary>
internal sealed class AlertStorms() : Family("F12", "storms of alerts, the same and distinct")
{
    private const int Senders = 16;
    private const int Payload = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f12", lanes: 4, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var replica = await Replica.StartAsync(trial.Bench);
        await replica.Process.ReadyAsync();
        await Eventually.UntilAsync("it leads", Patience, () => replica.LeadsAsync(trial.Bench));
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        var before = replica.Process.WorkingSet;
        await SameAsync(trial, sender);
        await DistinctAsync(trial, sender);

        // Among all that noise, an alert that somebody must answer.
        var story = new Story(trial.Bench, arena, sender, Patience);
        var run = await story.PlayAsync("needle", 0);
        trial.Subject();
        trial.Note($"a run in the middle of it ended as {run.Status!.Phase}; memory from {before >> 20} to {replica.Process.WorkingSet >> 20} MiB; answers: {Answers(sender)}");
        if (sender.Answers.ContainsKey(429))
        {
            trial.Fail("an alert was answered with 429, which Alertmanager does not send again");
        }

        await trial.JudgeAsync(arena, sender.Taken);
    }

    // A hundred services, and a payload tells of each.
    private static async Task SameAsync(Trial trial, AlertSender sender)
    {
        var total = trial.Times(10_000, least: 1_000);
        var alerts = Enumerable.Range(0, Payload).Select(static i => SentAlert.Firing($"same{i}", 0) with { Name = "Noise" }).ToList();
        var took = await SendAsync(trial, sender, Enumerable.Repeat<IReadOnlyList<SentAlert>>(alerts, total / Payload));
        trial.Note($"{total} alerts of {Payload} services taken in {took.TotalSeconds:0.0} s");
    }

    private static async Task DistinctAsync(Trial trial, AlertSender sender)
    {
        var total = trial.Times(3_000, least: 100);
        var alerts = Enumerable.Range(0, total).Select(static i => (IReadOnlyList<SentAlert>)[SentAlert.Firing($"own{i}", 0) with { Name = "Noise" }]);
        var took = await SendAsync(trial, sender, alerts);
        trial.Note($"{total} alerts of a service each taken in {took.TotalSeconds:0.0} s ({total / took.TotalSeconds:0}/s)");
    }

    private static async Task<TimeSpan> SendAsync(Trial trial, AlertSender sender, IEnumerable<IReadOnlyList<SentAlert>> payloads)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(payloads, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (payload, _) =>
        {
            await Eventually.UntilAsync("a payload is taken", Patience, () => sender.TrySendAsync(payload), CancellationToken.None);
            trial.Fire();
            trial.Subject(payload.Count);
        });
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static string Answers(AlertSender sender) => string.Join(
        ", ", sender.Answers.OrderBy(static pair => pair.Key).Select(static pair => $"{(pair.Key == 0 ? "none" : pair.Key)} {pair.Value} times"));
}
