using System.Collections.Immutable;
using RunbookOperator.Kubernetes;
using Index = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableHashSet<RunbookOperator.Kubernetes.NamespacedName>>;

namespace RunbookOperator.Runtime;

/// <summary>Objects by key, with named indexes. One writer; any number of readers, who always see a whole state.</summary>
/// <param name="indexFailed">Told of an object that a function of an index could not read; it is left out of that index.</param>
internal sealed class Store<T>(Action<NamespacedName, string, Exception>? indexFailed = null) : ILister<T>
    where T : class, IKubernetesObject
{
    private const string NamespaceIndex = "metadata.namespace";

    private readonly Dictionary<string, Func<T, IEnumerable<string>>> _indexers = new()
    {
        [NamespaceIndex] = static value => [value.Metadata.Namespace ?? ""],
    };

    private volatile StoreSnapshot<T> _snapshot = StoreSnapshot<T>.Empty;

    /// <summary>Adds an index, and files what is there already.</summary>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        _indexers.Add(name, values);
        var index = _snapshot.Objects.Aggregate(Index.Empty, (files, entry) => File(files, ValuesOf(name, values, entry.Value), entry.Key, add: true));
        _snapshot = _snapshot with { Indexes = _snapshot.Indexes.SetItem(name, index) };
    }

    public T? Find(NamespacedName name) => _snapshot.Objects.GetValueOrDefault(name);

    public IReadOnlyList<T> List(string? ns = null) => ns is null ? [.. _snapshot.Objects.Values] : ByIndex(NamespaceIndex, ns);

    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        if (!_indexers.ContainsKey(index))
        {
            throw new ArgumentException($"There is no index named {index}.", nameof(index));
        }

        var snapshot = _snapshot;
        return snapshot.Indexes.GetValueOrDefault(index)?.GetValueOrDefault(value) is { } keys
            ? [.. keys.Select(key => snapshot.Objects[key])]
            : [];
    }

    /// <summary>Puts an object in, and says what changed; null if this version is there already.</summary>
    public ResourceEvent<T>? Set(T value)
    {
        var key = NamespacedName.Of(value);
        var before = Find(key);
        if (before is not null && before.Metadata.Uid == value.Metadata.Uid && before.Metadata.ResourceVersion == value.Metadata.ResourceVersion)
        {
            return null;
        }

        var indexes = before is null ? _snapshot.Indexes : FileAll(_snapshot.Indexes, before, add: false);
        _snapshot = new StoreSnapshot<T>(_snapshot.Objects.SetItem(key, value), FileAll(indexes, value, add: true));
        return new ResourceEvent<T>(before, value);
    }

    /// <summary>Takes an object out, and says what changed; null if it was not there.</summary>
    public ResourceEvent<T>? Remove(NamespacedName key, T? last = null)
    {
        if (Find(key) is not { } before)
        {
            return null;
        }

        _snapshot = new StoreSnapshot<T>(_snapshot.Objects.Remove(key), FileAll(_snapshot.Indexes, before, add: false));
        return new ResourceEvent<T>(last ?? before, After: null);
    }

    /// <summary>Puts a whole list in place of the content, in one step for readers, and says what changed: so deletions that no watch has
    /// seen are found.</summary>
    /// <param name="values">The list.</param>
    /// <param name="keep">Keys that exist but could not be read: what is known of them stays.</param>
    public IReadOnlyList<ResourceEvent<T>> Replace(IEnumerable<T> values, IReadOnlySet<NamespacedName> keep)
    {
        var before = _snapshot.Objects;
        var after = before.ToBuilder();
        var present = new HashSet<NamespacedName>(keep);
        var changes = new List<ResourceEvent<T>>();
        foreach (var value in values)
        {
            var key = NamespacedName.Of(value);
            present.Add(key);
            if (before.GetValueOrDefault(key) is not { } old)
            {
                changes.Add(new ResourceEvent<T>(null, value));
            }
            else if (old.Metadata.Uid != value.Metadata.Uid || old.Metadata.ResourceVersion != value.Metadata.ResourceVersion)
            {
                changes.Add(new ResourceEvent<T>(old, value));
            }

            after[key] = value;
        }

        foreach (var (key, old) in before.Where(entry => !present.Contains(entry.Key)))
        {
            after.Remove(key);
            changes.Add(new ResourceEvent<T>(old, null));
        }

        var objects = after.ToImmutable();
        _snapshot = new StoreSnapshot<T>(objects, BuildIndexes(objects));
        return changes;
    }

    private ImmutableDictionary<string, Index> BuildIndexes(ImmutableDictionary<NamespacedName, T> objects) =>
        _indexers.ToImmutableDictionary(
            indexer => indexer.Key,
            indexer => objects
                .SelectMany(entry => ValuesOf(indexer.Key, indexer.Value, entry.Value).Select(value => (Value: value, entry.Key)))
                .GroupBy(pair => pair.Value, pair => pair.Key)
                .ToImmutableDictionary(group => group.Key, group => group.ToImmutableHashSet()));

    private ImmutableDictionary<string, Index> FileAll(ImmutableDictionary<string, Index> indexes, T value, bool add)
    {
        var key = NamespacedName.Of(value);
        foreach (var (name, values) in _indexers)
        {
            indexes = indexes.SetItem(name, File(indexes.GetValueOrDefault(name, Index.Empty), ValuesOf(name, values, value), key, add));
        }

        return indexes;
    }

    // What an index cannot read must not keep the rest from being seen.
    private IReadOnlyList<string> ValuesOf(string index, Func<T, IEnumerable<string>> values, T value)
    {
        try
        {
            return [.. values(value).Distinct()];
        }
        catch (Exception exception)
        {
            indexFailed?.Invoke(NamespacedName.Of(value), index, exception);
            return [];
        }
    }

    private static Index File(Index index, IEnumerable<string> values, NamespacedName key, bool add)
    {
        foreach (var value in values)
        {
            var keys = index.GetValueOrDefault(value, []);
            keys = add ? keys.Add(key) : keys.Remove(key);
            index = keys.IsEmpty ? index.Remove(value) : index.SetItem(value, keys);
        }

        return index;
    }
}
