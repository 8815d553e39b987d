using System.Diagnostics;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A work queue with delays and backoff: what a controller works from.</summary>
public sealed class RateLimitingQueue : IDisposable
{
    private readonly WorkQueue _queue;
    private readonly DelayingQueue _delaying;
    private readonly RateLimiter _limiter;
    private readonly RuntimeMetrics _metrics;
    private readonly TagList _tags;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="name">Its name in metrics.</param>
    /// <param name="context">Clock, jitter and counters.</param>
    public RateLimitingQueue(string name, RuntimeContext context)
    {
        _queue = new WorkQueue(name, context);
        _delaying = new DelayingQueue(_queue, context.Time);
        _limiter = new RateLimiter(context.Jitter);
        _metrics = context.Metrics;
        _tags = new TagList { { "name", name }, { "controller", name } };
        _metrics.QueueRetries.Add(0, _tags);
        _metrics.Watch(this);
    }

    /// <inheritdoc cref="WorkQueue.Count"/>
    public int Count => _queue.Count;

    /// <inheritdoc cref="DelayingQueue.Count"/>
    public int Delayed => _delaying.Count;

    /// <inheritdoc cref="WorkQueue.Add"/>
    public void Add(NamespacedName key) => _queue.Add(key);

    /// <inheritdoc cref="DelayingQueue.AddAfter"/>
    public void AddAfter(NamespacedName key, TimeSpan delay) => _delaying.AddAfter(key, delay);

    /// <summary>Adds <paramref name="key"/> after the wait that its failures have earned.</summary>
    /// <param name="key">The key.</param>
    /// <param name="atLeast">A wait that somebody asked for, such as a server's Retry-After.</param>
    /// <param name="atMost">A bound for failures that are expected to pass at once; null for none.</param>
    public void AddRateLimited(NamespacedName key, TimeSpan? atLeast = null, TimeSpan? atMost = null)
    {
        var delay = _limiter.Next(key);
        delay = atMost < delay ? atMost.Value : delay;
        delay = atLeast > delay ? atLeast.Value : delay;
        _metrics.QueueRetries.Add(1, _tags);
        _delaying.AddAfter(key, delay);
    }

    /// <inheritdoc cref="RateLimiter.Forget"/>
    public void Forget(NamespacedName key) => _limiter.Forget(key);

    /// <inheritdoc cref="RateLimiter.Failures"/>
    public int Failures(NamespacedName key) => _limiter.Failures(key);

    /// <inheritdoc cref="WorkQueue.GetAsync"/>
    public Task<NamespacedName?> GetAsync(CancellationToken cancellationToken) => _queue.GetAsync(cancellationToken);

    /// <inheritdoc cref="WorkQueue.Done"/>
    public void Done(NamespacedName key) => _queue.Done(key);

    /// <inheritdoc cref="WorkQueue.ShutDown"/>
    public void ShutDown() => _queue.ShutDown();

    /// <inheritdoc cref="WorkQueue.IdleAsync"/>
    public Task IdleAsync(CancellationToken cancellationToken) => _queue.IdleAsync(cancellationToken);

    /// <summary>Forgets all keys that wait for their time.</summary>
    public void Dispose()
    {
        _metrics.Unwatch(this);
        _delaying.Dispose();
    }

    internal TagList Tags => _tags;

    internal IReadOnlyList<TimeSpan> InWork() => _queue.InWork();
}
