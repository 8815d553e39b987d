using System.Collections.Concurrent;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>How long a key waits after a failure: doubling with each, up to a bound, and spread so that keys which failed together do not
/// come back together.</summary>
/// <param name="jitter">Numbers from 0 up to but not including 1.</param>
public sealed class RateLimiter(Func<double> jitter)
{
    /// <summary>The wait after the first failure.</summary>
    public static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait, before it is spread.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    /// <summary>By what part of itself a wait may be longer.</summary>
    public const double Spread = 0.2;

    private readonly ConcurrentDictionary<NamespacedName, int> _failures = new();

    /// <summary>Counts a failure of <paramref name="key"/> and says how long it is to wait.</summary>
    public TimeSpan Next(NamespacedName key) => DelayAfter(_failures.AddOrUpdate(key, 1, static (_, count) => count + 1));

    /// <summary>How often <paramref name="key"/> has failed in a row.</summary>
    public int Failures(NamespacedName key) => _failures.GetValueOrDefault(key);

    /// <summary>Ends the row of failures.</summary>
    public void Forget(NamespacedName key) => _failures.TryRemove(key, out _);

    private TimeSpan DelayAfter(int failures)
    {
        var seconds = Math.Min(BaseDelay.TotalSeconds * Math.Pow(2, failures - 1), MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Spread * jitter())));
    }
}
