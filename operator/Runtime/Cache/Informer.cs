using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A cache of one kind that follows the API server and tells of every change it sees.</summary>
public sealed class Informer<T> : IInformer, ILister<T>, IReflectorTarget<T>
    where T : class, IKubernetesObject<T>
{
    private readonly Lock _lock = new();
    private readonly Store<T> _store = new();
    private readonly List<Action<ResourceEvent<T>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(Func<ILister<T>, bool> Predicate, TaskCompletionSource Done)> _waiters = [];
    private readonly Reflector<T> _reflector;
    private readonly RuntimeContext _context;
    private readonly ILogger _logger;
    private volatile ImmutableDictionary<NamespacedName, UndecodableItem> _undecodable = ImmutableDictionary<NamespacedName, UndecodableItem>.Empty;

    /// <summary>Makes an empty one. Nothing happens before <see cref="RunAsync"/>.</summary>
    public Informer(IKubernetesClient client, InformerOptions options, RuntimeContext context)
    {
        _context = context;
        _logger = context.Loggers.CreateLogger<Informer<T>>();
        _reflector = new Reflector<T>(client, options, this, context);
    }

    /// <inheritdoc/>
    public string Resource => T.Definition.GroupResource;

    /// <inheritdoc/>
    public bool HasSynced => _synced.Task.IsCompleted;

    /// <summary>Objects that exist but cannot be read. Of those read before, the cache keeps the last state it could read.</summary>
    public IReadOnlyCollection<UndecodableItem> Undecodable => [.. _undecodable.Values];

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => _reflector.RunAsync(cancellationToken);

    /// <summary>Adds an index.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The values under which an object is filed.</param>
    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public Informer<T> AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        lock (_lock)
        {
            _store.AddIndex(name, values);
            return this;
        }
    }

    /// <summary>Tells <paramref name="handler"/> of every change from now on, and first of what is there already. It is called by one
    /// thread at a time and must not block.</summary>
    public void Subscribe(Action<ResourceEvent<T>> handler)
    {
        lock (_lock)
        {
            _handlers.Add(handler);
            foreach (var value in _store.List())
            {
                Call(handler, new ResourceEvent<T>(null, value));
            }
        }
    }

    /// <summary>Waits until the cache is as <paramref name="predicate"/> wants it, which is asked after every change. For one who has just
    /// written something and wants to read it here.</summary>
    public Task WaitUntilAsync(Func<ILister<T>, bool> predicate, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (predicate(this))
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((predicate, done));
            return done.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public T? Find(NamespacedName name) => _store.Find(name);

    /// <inheritdoc/>
    public IReadOnlyList<T> List(string? ns = null) => _store.List(ns);

    /// <inheritdoc/>
    public IReadOnlyList<T> ByIndex(string index, string value) => _store.ByIndex(index, value);

    void IReflectorTarget<T>.Replace(IReadOnlyList<T> values, IReadOnlyList<UndecodableItem> undecodable)
    {
        lock (_lock)
        {
            foreach (var item in undecodable)
            {
                Report(item);
            }

            _undecodable = undecodable.DistinctBy(item => item.Name).ToImmutableDictionary(item => item.Name);
            Tell(_store.Replace(values, _undecodable.Keys.ToHashSet()));
            _synced.TrySetResult();
        }
    }

    void IReflectorTarget<T>.Apply(WatchEvent<T> change)
    {
        lock (_lock)
        {
            if (change.Type == WatchEventType.Bookmark)
            {
                return;
            }

            Tell(change switch
            {
                { Type: WatchEventType.Deleted, Object: { } last } => Forget(NamespacedName.Of(last), last),
                { Type: WatchEventType.Deleted, Undecodable: { } item } => Forget(item.Name, null),
                { Undecodable: { } item } => Remember(item),
                { Object: { } value } => Set(value),
                _ => [],
            });
        }
    }

    private ResourceEvent<T>?[] Set(T value)
    {
        _undecodable = _undecodable.Remove(NamespacedName.Of(value));
        return [_store.Set(value)];
    }

    private ResourceEvent<T>?[] Forget(NamespacedName key, T? last)
    {
        _undecodable = _undecodable.Remove(key);
        return [_store.Remove(key, last)];
    }

    private ResourceEvent<T>?[] Remember(UndecodableItem item)
    {
        Report(item);
        _undecodable = _undecodable.SetItem(item.Name, item);
        return [];
    }

    private void Report(UndecodableItem item)
    {
        _context.Metrics.Undecodable.Add(1, new KeyValuePair<string, object?>("resource", Resource));
        RuntimeLog.Undecodable(_logger, Resource, item.Name, item.Error);
    }

    private void Tell(IEnumerable<ResourceEvent<T>?> changes)
    {
        foreach (var change in changes.OfType<ResourceEvent<T>>())
        {
            foreach (var handler in _handlers)
            {
                Call(handler, change);
            }
        }

        foreach (var waiter in _waiters.Where(waiter => waiter.Predicate(this)).ToList())
        {
            waiter.Done.TrySetResult();
            _waiters.Remove(waiter);
        }
    }

    // One handler's mistake must not keep the change from the others.
    private void Call(Action<ResourceEvent<T>> handler, ResourceEvent<T> change)
    {
        try
        {
            handler(change);
        }
        catch (Exception exception)
        {
            RuntimeLog.HandlerFailed(_logger, Resource, exception);
        }
    }
}
