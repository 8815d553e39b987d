using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Reads a cache. What it returns may be older than the API server's state, and is shared: nobody may change it.</summary>
public interface ILister<T>
    where T : class, IKubernetesObject
{
    /// <summary>The object, or null if the cache does not have it.</summary>
    T? Find(NamespacedName name);

    /// <summary>All objects, or those of one namespace.</summary>
    IReadOnlyList<T> List(string? ns = null);

    /// <summary>The objects that <paramref name="index"/> files under <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">There is no such index.</exception>
    IReadOnlyList<T> ByIndex(string index, string value);
}
