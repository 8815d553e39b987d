using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>What all informers have in common: a cache of one kind that follows the API server and tells of every change it sees.</summary>
/// <typeparam name="T">As what an object comes.</typeparam>
/// <typeparam name="TView">What is kept of it.</typeparam>
public abstract class FollowingInformer<T, TView> : IInformer<TView>, IReflectorTarget<TView>
    where T : class, IKubernetesObject
    where TView : class, IKubernetesObject
{
    /// <summary>How many unreadable objects of one list are named in the log; of the others only the number.</summary>
    public const int MaxNamed = 20;

    private readonly Lock _lock = new();
    private readonly Store<TView> _store;
    private readonly List<Action<ResourceEvent<TView>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(Func<ILister<TView>, bool> Predicate, TaskCompletionSource Done)> _waiters = [];
    private readonly Reflector<T, TView> _reflector;
    private readonly RuntimeContext _context;
    private readonly ILogger _logger;
    private volatile ImmutableDictionary<NamespacedName, UndecodableItem> _undecodable = ImmutableDictionary<NamespacedName, UndecodableItem>.Empty;

    private protected FollowingInformer(ObjectSource<T> source, InformerOptions options, Func<T, TView> project, RuntimeContext context)
    {
        Definition = source.Definition;
        _context = context;
        _logger = context.Loggers.CreateLogger($"{typeof(IInformer).Namespace}.Informer");
        _store = new Store<TView>((key, index, exception) => RuntimeLog.IndexFailed(_logger, Resource, key, index, exception));
        _reflector = new Reflector<T, TView>(source, options, this, project, context);
        _context.Metrics.Undecodable.Add(0, Tag);
    }

    /// <summary>The kind.</summary>
    public ResourceDefinition Definition { get; }

    /// <inheritdoc/>
    public string Resource => Definition.GroupResource;

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
    public virtual FollowingInformer<T, TView> AddIndex(string name, Func<TView, IEnumerable<string>> values)
    {
        lock (_lock)
        {
            _store.AddIndex(name, values);
            return this;
        }
    }

    /// <inheritdoc/>
    public void Subscribe(Action<ResourceEvent<TView>> handler)
    {
        lock (_lock)
        {
            _handlers.Add(handler);
            foreach (var value in _store.List())
            {
                Call(handler, new ResourceEvent<TView>(null, value));
            }
        }
    }

    /// <summary>Waits until the cache is as <paramref name="predicate"/> wants it, which is asked after every change. For one who has just
    /// written something and wants to read it here.</summary>
    public async Task WaitUntilAsync(Func<ILister<TView>, bool> predicate, CancellationToken cancellationToken)
    {
        var waiter = (Predicate: predicate, Done: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (predicate(this))
            {
                return;
            }

            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <inheritdoc/>
    public TView? Find(NamespacedName name) => _store.Find(name);

    /// <inheritdoc/>
    public IReadOnlyList<TView> List(string? ns = null) => _store.List(ns);

    /// <inheritdoc/>
    public IReadOnlyList<TView> ByIndex(string index, string value) => _store.ByIndex(index, value);

    void IReflectorTarget<TView>.Replace(IReadOnlyList<TView> values, IReadOnlyList<UndecodableItem> undecodable)
    {
        lock (_lock)
        {
            Report(undecodable);
            Keep(undecodable.DistinctBy(item => item.Name).ToImmutableDictionary(item => item.Name));
            Tell(_store.Replace(values, _undecodable.Keys.ToHashSet()));
            _synced.TrySetResult();
        }
    }

    void IReflectorTarget<TView>.Apply(WatchEvent<TView> change)
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

    private ResourceEvent<TView>?[] Set(TView value)
    {
        Keep(_undecodable.Remove(NamespacedName.Of(value)));
        return [_store.Set(value)];
    }

    private ResourceEvent<TView>?[] Forget(NamespacedName key, TView? last)
    {
        Keep(_undecodable.Remove(key));
        return [_store.Remove(key, last)];
    }

    private ResourceEvent<TView>?[] Remember(UndecodableItem item)
    {
        Report([item]);
        Keep(_undecodable.SetItem(item.Name, item));
        return [];
    }

    private KeyValuePair<string, object?> Tag => new("resource", Resource);

    private void Keep(ImmutableDictionary<NamespacedName, UndecodableItem> undecodable)
    {
        _context.Metrics.Undecodable.Add(undecodable.Count - _undecodable.Count, Tag);
        _undecodable = undecodable;
    }

    // Each is said once: not again with every list, and not again with every change that leaves it as it was.
    private void Report(IReadOnlyList<UndecodableItem> items)
    {
        var news = items.Where(item => _undecodable.GetValueOrDefault(item.Name)?.Error != item.Error).ToList();
        foreach (var item in news.Take(MaxNamed))
        {
            RuntimeLog.Undecodable(_logger, Resource, item.Name, item.Error);
        }

        if (news.Count > MaxNamed)
        {
            RuntimeLog.MoreUndecodable(_logger, Resource, news.Count - MaxNamed);
        }
    }

    private void Tell(IEnumerable<ResourceEvent<TView>?> changes)
    {
        foreach (var change in changes.OfType<ResourceEvent<TView>>())
        {
            foreach (var handler in _handlers)
            {
                Call(handler, change);
            }
        }

        foreach (var (predicate, done) in _waiters)
        {
            Ask(predicate, done);
        }
    }

    // A question that fails is the asker's problem, not the cache's.
    private void Ask(Func<ILister<TView>, bool> predicate, TaskCompletionSource done)
    {
        try
        {
            if (predicate(this))
            {
                done.TrySetResult();
            }
        }
        catch (Exception exception)
        {
            done.TrySetException(exception);
        }
    }

    // One handler's mistake must not keep the change from the others.
    private void Call(Action<ResourceEvent<TView>> handler, ResourceEvent<TView> change)
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
