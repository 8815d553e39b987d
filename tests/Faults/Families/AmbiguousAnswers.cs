using System.Collections.Concurrent;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Writes that are refused for now, that fail, or that are done although the answer says otherwise or never comes.</summary>
internal sealed class AmbiguousAnswers() : Family("F9", "429, 500, 503; done, but answered 504 or not at all")
{
    private const int Lanes = 4;

    // Of all writes; more, and hardly any run of twenty writes would end.
    private const double Share = 0.15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly (string Name, ProxyRule Rule)[] Answers =
    [
        ("429", new ProxyRule { Answer = 429, RetryAfter = 1 }),
        ("500", new ProxyRule { Answer = 500 }),
        ("503", new ProxyRule { Answer = 503, RetryAfter = 1 }),
        ("done, answered 504", new ProxyRule { Answer = 504, Commit = true }),
        ("done, never answered", new ProxyRule { Drop = true, Commit = true }),
        ("never arrived", new ProxyRule { Drop = true }),
    ];

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f9", Lanes, asks: false);
        var fired = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var replica = await Replica.StartAsync(trial.Bench);
        await replica.Process.ReadyAsync();
        replica.Proxy.Rule = request =>
        {
            if (!request.IsWrite || trial.Chance() > Share)
            {
                return ProxyRule.Pass;
            }

            var (name, rule) = trial.One(Answers);
            fired.AddOrUpdate(name, 1, static (_, count) => count + 1);
            trial.Fire();
            return rule;
        };
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        await using var lanes = new Lanes(trial, arena, sender, Patience, mayDoubt: true);
        var wanted = trial.Times(400, least: 20);
        await Eventually.UntilAsync($"{wanted} answers were false", TimeSpan.FromMinutes(4), () => Task.FromResult(trial.Fired >= wanted || trial.Failures.Count > 0));
        replica.Proxy.Rule = static _ => ProxyRule.Pass;
        var rest = await lanes.FinishAsync();
        trial.Note($"{lanes.Played} runs; {lanes.Unknown} steps were left to a person; {string.Join(", ", fired.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {pair.Value}"))}; all runs ended {rest.TotalSeconds:0.0} s after the last");
        await trial.JudgeAsync(arena, sender.Taken);
    }
}
