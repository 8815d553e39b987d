using System.Diagnostics;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>The streams by which the operator follows the cluster break in every way they can, while objects come and go that it must not miss.</summary>
internal sealed class WatchFaults() : Family("F6", "watches: 410, cut off, reset, silent, bookmarks, deletions while away")
{
    private const string Policies = "runbookpolicies";

    // The kinds that something happens to in each round. Where nothing happens, an operator asks less and less often.
    private static readonly string[] Followed = ["runbooks", "incidents", "runbookexecutions"];

    private static readonly WatchFault[] InMidStream = [WatchFault.Gone, WatchFault.Truncated, WatchFault.Reset, WatchFault.Bookmark];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan SilenceBound = TimeSpan.FromSeconds(75);

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f6", lanes: 1, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var replica = await Replica.StartAsync(trial.Bench);
        await replica.Process.ReadyAsync();
        await Eventually.UntilAsync("the watches are open", Patience, () => Task.FromResult(replica.Proxy.Watches.Count >= 7));
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        var story = new Story(trial.Bench, arena, sender, Patience);
        var silence = trial.Times(1, least: 0) > 0 ? SilenceAsync(trial, arena, replica) : Task.CompletedTask;
        var round = 0;
        for (var i = trial.Times(12); i > 0; i--)
        {
            foreach (var fault in InMidStream)
            {
                await BreakAsync(trial, arena, replica, sender, story, ++round, () => Streams(replica, fault, trial));
            }

            await BreakAsync(trial, arena, replica, sender, story, ++round, () => ConnectAsync(replica, trial));
        }

        await silence;
        trial.Note($"{round} rounds, each with a run that comes and a runbook that goes while the streams are broken");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    // While the operator cannot see it, a runbook is deleted and an alert for another one comes in. Neither may be missed.
    private static async Task BreakAsync(Trial trial, Arena arena, Replica replica, AlertSender sender, Story story, int round, Func<Task> fault)
    {
        var (kubectl, name) = (Kubectl.For(trial.Bench.Cluster.Kubeconfig), $"leaving{round}");
        await kubectl.RunAsync(["apply", "-n", arena.Namespace, "-f", "-"], $$$"""
            apiVersion: runbooks.dev/v1alpha1
            kind: Runbook
            metadata: {name: {{{name}}}}
            spec:
              title: It goes
              mode: Copilot
              triggers: [{alert: {matchers: ['alertname="Leaving{{{round}}}"']}}]
              steps: [{name: look, uses: kubernetes/get, with: {kind: Deployment, name: lane0-a}}]
            """);
        await Eventually.UntilAsync("the operator knows the runbook", Patience, async () =>
            (await trial.Bench.Client.FindAsync<Runbook>(new NamespacedName(arena.Namespace, name), CancellationToken.None))?.Status?.Revision is not null);
        var breaking = fault();
        await kubectl.RunAsync(["delete", "runbook", "-n", arena.Namespace, name]);
        await breaking;
        var run = await story.PlayAsync($"round{round}", 0);
        trial.Subject();
        if (run.Status!.Phase != ExecutionPhase.Succeeded)
        {
            trial.Fail($"the run of round {round} ended as {run.Status.Phase}");
        }

        await UnmatchedAsync(trial, arena, sender, round);
        if (replica.Process.HasExited)
        {
            trial.Fail($"the operator ended in round {round}");
        }
    }

    private static async Task UnmatchedAsync(Trial trial, Arena arena, AlertSender sender, int round)
    {
        var service = $"leaving{round}";
        await sender.SendAsync(SentAlert.Firing(service, 0) with { Name = $"Leaving{round}" }, Patience);
        await Eventually.UntilAsync($"the alert of round {round} fits no runbook any more", Patience, async () =>
            (await trial.Bench.Client.FindAsync<Incident>(new NamespacedName(arena.Namespace, Story.Incident(service)), CancellationToken.None))?.Status is { Unmatched: true });
    }

    private static async Task Streams(Replica replica, WatchFault fault, Trial trial)
    {
        foreach (var watch in replica.Proxy.Watches.Where(static watch => watch.Request.Resource != Policies))
        {
            try
            {
                await watch.BreakAsync(fault);
                trial.Fire();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // It had just ended by itself.
            }
        }
    }

    // The streams are reset, and each finds its version gone, then a server that breaks off, before it is let through.
    private static async Task ConnectAsync(Replica replica, Trial trial)
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        replica.Proxy.Rule = request =>
        {
            if (!request.IsWatch || request.Resource == Policies)
            {
                return ProxyRule.Pass;
            }

            trial.Fire();
            return seen.AddOrUpdate(request.Resource, 1, static (_, count) => count + 1) switch
            {
                1 => new ProxyRule { Watch = WatchFault.Gone },
                2 => new ProxyRule { Answer = 410 },
                3 => new ProxyRule { Drop = true },
                _ => ProxyRule.Pass,
            };
        };
        await Streams(replica, WatchFault.Reset, trial);
        await Eventually.UntilAsync("the streams were refused", Patience, () => Task.FromResult(Followed.All(kind => seen.GetValueOrDefault(kind) >= 3)));
        replica.Proxy.Rule = static _ => ProxyRule.Pass;
    }

    // A stream that stays open and brings nothing, as behind a machine that lost its state.
    private static async Task SilenceAsync(Trial trial, Arena arena, Replica replica)
    {
        foreach (var watch in replica.Proxy.Watches.Where(static watch => watch.Request.Resource == Policies))
        {
            await watch.BreakAsync(WatchFault.Silent);
            trial.Fire();
        }

        var watched = Stopwatch.StartNew();
        await Kubectl.For(trial.Bench.Cluster.Kubeconfig).RunAsync(["apply", "-n", arena.Namespace, "-f", "-"], """
            apiVersion: runbooks.dev/v1alpha1
            kind: RunbookPolicy
            metadata: {name: unseen}
            spec: {limits: {executionsPerHour: 1000}}
            """);
        await Eventually.UntilAsync("a policy is seen although its stream is silent", SilenceBound, async () =>
            (await trial.Bench.Client.FindAsync<RunbookPolicy>(new NamespacedName(arena.Namespace, "unseen"), CancellationToken.None))?.Status?.Conditions is { Count: > 0 });
        trial.Note($"a silent stream was noticed after {watched.Elapsed.TotalSeconds:0} s");
    }
}
