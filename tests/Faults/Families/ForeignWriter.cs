using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Faults;

/// <summary>Somebody else writes on the same runs and workloads all the time, so that the operator's versions are old again and again.</summary>
internal sealed class ForeignWriter() : Family("F8", "409 by a foreign writer on runs and workloads")
{
    private const string Mark = "faults.runbooks.dev/foreign";
    private const int Lanes = 2;

    // A write every 25 ms for each of both lanes' runs and workloads.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly ResourceDefinition Deployments = new("apps", "v1", "Deployment", "deployments");

    private int _conflicts;
    private int _writes;

    protected override async Task RunAsync(Trial trial)
    {
        var arena = await Arena.CreateAsync("f8", Lanes, asks: false);
        await Replica.FreeLeaseAsync(trial.Bench);
        await using var replica = await Replica.StartAsync(trial.Bench);
        await replica.Process.ReadyAsync();
        replica.Proxy.Answered = (request, status) =>
        {
            if (status == 409 && request.IsWrite)
            {
                trial.Fire();
                Interlocked.Increment(ref _conflicts);
            }
        };
        using var sender = new AlertSender(() => replica.Process.AlertsOf(arena.Namespace));
        var span = TimeSpan.FromSeconds(trial.Times(30, least: 5));
        var undisturbed = await RateAsync(trial, arena, sender, span, disturbed: false, "clean");
        var disturbed = await RateAsync(trial, arena, sender, span, disturbed: true, "storm");
        trial.Note($"{_writes} foreign writes, {_conflicts} conflicts; {disturbed:0.0} runs/s in place of {undisturbed:0.0} ({100 * disturbed / undisturbed:0} %)");
        await trial.JudgeAsync(arena, sender.Taken);
    }

    private async Task<double> RateAsync(Trial trial, Arena arena, AlertSender sender, TimeSpan span, bool disturbed, string name)
    {
        using var stop = new CancellationTokenSource();
        var writing = disturbed ? WriteAsync(trial, arena, stop.Token) : Task.CompletedTask;
        var started = TimeProvider.System.GetTimestamp();
        var ended = 0;
        var story = new Story(trial.Bench, arena, sender, Patience);
        await Task.WhenAll(Enumerable.Range(0, arena.Lanes).Select(async lane =>
        {
            for (var i = 0; TimeProvider.System.GetElapsedTime(started) < span; i++)
            {
                var run = await story.PlayAsync($"{name}{lane}x{i}", lane);
                trial.Subject();
                Interlocked.Increment(ref ended);
                if (run.Status!.Phase != ExecutionPhase.Succeeded)
                {
                    trial.Fail($"{run.Metadata.Name} ended as {run.Status.Phase}: {string.Join(", ", run.Status.Steps!.Select(static step => $"{step.Name} {step.State} {step.Message}"))}");
                }
            }
        }));
        var rate = ended / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        await writing;
        return rate;
    }

    // Each write is a number one greater than the last. What the operator writes must not take any of them back.
    private Task WriteAsync(Trial trial, Arena arena, CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, arena.Lanes).SelectMany(lane => new[]
        {
            CountAsync(trial, () => Task.FromResult<(ResourceDefinition, string)?>((Deployments, $"lane{lane}-{trial.One(["a", "b", "c", "d", "e", "f"])}")), arena.Namespace, stop),
            CountAsync(trial, () => RunOfAsync(trial, arena, lane), arena.Namespace, stop),
        }));

    private async Task CountAsync(Trial trial, Func<Task<(ResourceDefinition Kind, string Name)?>> next, string ns, CancellationToken stop)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            if (await next() is not { } target)
            {
                continue;
            }

            var name = new NamespacedName(ns, target.Name);
            try
            {
                var number = last[target.Name] = last.GetValueOrDefault(target.Name) + 1;
                var patch = new Patch(PatchType.Merge, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Mark] = $"{number}" } } });
                await trial.Bench.Client.PatchAsync(target.Kind, name, patch, CancellationToken.None);
                Interlocked.Increment(ref _writes);
            }
            catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
            {
                // Gone, or the API server itself had to give up: it is no loss of the operator's.
                last[target.Name]--;
            }
        }

        foreach (var (target, number) in last)
        {
            var kind = target.StartsWith("lane", StringComparison.Ordinal) && target.Length == "lane0-a".Length ? Deployments : RunbookExecution.Definition;
            var found = await trial.Bench.Client.GetAsync(kind, new NamespacedName(ns, target), CancellationToken.None);
            if ((string?)found["metadata"]!["annotations"]?[Mark] != $"{number}")
            {
                trial.Fail($"the foreign write {number} on {target} was lost");
            }
        }
    }

    private static async Task<(ResourceDefinition, string)?> RunOfAsync(Trial trial, Arena arena, int lane)
    {
        var selector = new ListOptions { LabelSelector = $"{Names.RunbookLabel}=lane{lane}" };
        var runs = await trial.Bench.Client.ListAllAsync<RunbookExecution>(arena.Namespace, selector, CancellationToken.None);
        return runs.FirstOrDefault(static run => !ExecutionPhase.IsFinal(run.Status?.Phase)) is { } run ? (RunbookExecution.Definition, run.Metadata.Name!) : null;
    }
}
