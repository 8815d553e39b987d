using System.Collections.Immutable;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>The content of a store at one moment: objects by key, and keys by index and value.</summary>
internal sealed record StoreSnapshot<T>(
    ImmutableDictionary<NamespacedName, T> Objects,
    ImmutableDictionary<string, ImmutableDictionary<string, ImmutableHashSet<NamespacedName>>> Indexes)
    where T : class, IKubernetesObject
{
    public static StoreSnapshot<T> Empty { get; } = new(
        ImmutableDictionary<NamespacedName, T>.Empty,
        ImmutableDictionary<string, ImmutableDictionary<string, ImmutableHashSet<NamespacedName>>>.Empty);
}
