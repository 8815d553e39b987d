using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Makes of each object, as soon as it is read, what the cache keeps of it; the rest is garbage at once.</summary>
internal sealed class Projection<T, TView>(Func<T, TView> project)
    where T : class, IKubernetesObject
    where TView : class, IKubernetesObject
{
    /// <summary>What is kept of <paramref name="value"/>, or why nothing can be. One odd object must not blind the cache to the others.</summary>
    public (TView? Value, UndecodableItem? Failure) Of(T value)
    {
        if (value.Metadata is not { Name.Length: > 0 })
        {
            return (null, new UndecodableItem(new NamespacedName("", ""), "It has no metadata.name."));
        }

        try
        {
            return (project(value), null);
        }
        catch (Exception exception)
        {
            return (null, new UndecodableItem(NamespacedName.Of(value), exception.Message));
        }
    }

    /// <summary>The same of a change.</summary>
    public WatchEvent<TView> Of(WatchEvent<T> change)
    {
        if (change.Object is null)
        {
            return new WatchEvent<TView>(change.Type, null, change.ResourceVersion, change.Undecodable);
        }

        var (value, failure) = Of(change.Object);
        return new WatchEvent<TView>(change.Type, value, change.ResourceVersion, failure);
    }
}
