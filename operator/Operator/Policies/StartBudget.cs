using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Runtime;

namespace RunbookOperator.Policies;

/// <summary>How many runs began in a namespace in the last hour. It remembers what it let begin, since the cache is behind; only the leader
/// asks, so the count is exact.</summary>
internal sealed class StartBudget(ILister<RunbookExecution> executions)
{
    /// <summary>The time that counts.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Dictionary<string, DateTimeOffset>> _begun = new(StringComparer.Ordinal);

    /// <summary>Lets a run begin if fewer than <paramref name="limit"/> have; asked again, the same run has begun already.</summary>
    /// <returns>When to ask again; null if it begins now.</returns>
    public DateTimeOffset? Take(RunbookExecution execution, int limit, DateTimeOffset now)
    {
        var begun = _begun.GetOrAdd(execution.Metadata.Namespace!, static _ => new(StringComparer.Ordinal));
        lock (begun)
        {
            foreach (var run in executions.List(execution.Metadata.Namespace).Where(run => run.Status?.StartedAt is not null && run.Spec.DryRun != true))
            {
                begun[run.Metadata.Uid!] = run.Status!.StartedAt!.Value;
            }

            foreach (var old in begun.Where(run => run.Value <= now - Hour).Select(run => run.Key).ToList())
            {
                begun.Remove(old);
            }

            var wait = NextAt(begun.Where(run => run.Key != execution.Metadata.Uid).Select(run => run.Value), limit, now);
            if (wait is null)
            {
                begun[execution.Metadata.Uid!] = now;
            }

            return wait;
        }
    }

    /// <summary>When one more may begin; null if now. Pure.</summary>
    internal static DateTimeOffset? NextAt(IEnumerable<DateTimeOffset> begun, int limit, DateTimeOffset now)
    {
        var last = begun.Where(at => at > now - Hour).OrderDescending().ToList();
        return last.Count < limit ? null : last[limit - 1] + Hour;
    }
}
