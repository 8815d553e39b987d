using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runbooks;
using RunbookOperator.Runtime;

namespace RunbookOperator.Incidents;

/// <summary>How many runs of a runbook alerts have started in the last hour, over all incidents. It remembers what it let start, since the cache is
/// behind; only the leader asks, so the count is exact.</summary>
internal sealed class RunbookBudget(ILister<RunbookExecution> executions)
{
    private readonly ConcurrentDictionary<string, Dictionary<string, DateTimeOffset>> _started = new(StringComparer.Ordinal);

    /// <summary>Lets a run start if fewer than <paramref name="limit"/> have; asked again, the same run has started already.</summary>
    /// <returns>When to ask again; null if it starts now.</returns>
    public DateTimeOffset? Take(RunbookExecution start, int limit, DateTimeOffset now)
    {
        var runbook = RunbookReconciler.IndexValue(new NamespacedName(start.Metadata.Namespace!, start.Spec.Runbook.Name));
        var started = _started.GetOrAdd(runbook, static _ => new(StringComparer.Ordinal));
        lock (started)
        {
            foreach (var run in executions.ByIndex(RunbookReconciler.RunbookIndex, runbook).Where(run => run.Spec.Trigger.Type == TriggerType.Alert))
            {
                started[run.Metadata.Name!] = run.Metadata.CreationTimestamp ?? now;
            }

            foreach (var old in started.Where(run => run.Value <= now - StartBudget.Hour).Select(run => run.Key).ToList())
            {
                started.Remove(old);
            }

            var wait = StartBudget.NextAt(started.Where(run => run.Key != start.Metadata.Name).Select(run => run.Value), limit, now);
            if (wait is null)
            {
                started[start.Metadata.Name!] = now;
            }

            return wait;
        }
    }
}
