using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Says what a controller watches. Everything a change leads to is a key of the kind given to <see cref="For"/>.</summary>
public sealed class ControllerBuilder
{
    private readonly ResourceDefinition _kind;
    private readonly List<Action<RateLimitingQueue>> _subscriptions = [];
    private readonly List<IInformer> _informers = [];
    private string _name;
    private ControllerOptions _options = new();

    private ControllerBuilder(ResourceDefinition kind)
    {
        _kind = kind;
        _name = kind.Kind.ToLowerInvariant();
    }

    /// <summary>Begins a controller of <typeparamref name="T"/>: each object is its own key. Its name is the kind in lower case.</summary>
    /// <param name="informer">The objects.</param>
    /// <param name="predicate">Which changes count; null for all.</param>
    public static ControllerBuilder For<T>(IInformer<T> informer, Func<ResourceEvent<T>, bool>? predicate = null)
        where T : class, IKubernetesObject<T> =>
        new ControllerBuilder(T.Definition).Watches(informer, static value => [NamespacedName.Of(value)], predicate);

    /// <summary>Begins a controller of a kind of which only metadata is cached; the reconciler reads the rest where it needs it.</summary>
    /// <param name="informer">The metadata.</param>
    /// <param name="predicate">Which changes count; null for all.</param>
    public static ControllerBuilder For(MetadataInformer informer, Func<ResourceEvent<PartialObjectMetadata>, bool>? predicate = null) =>
        new ControllerBuilder(informer.Definition).Watches(informer, static value => [NamespacedName.Of(value)], predicate);

    /// <summary>A change to a <typeparamref name="T"/> asks for a pass over the object that controls it by owner reference.</summary>
    /// <param name="informer">The owned objects.</param>
    /// <param name="predicate">Which changes count; null for all.</param>
    public ControllerBuilder Owns<T>(IInformer<T> informer, Func<ResourceEvent<T>, bool>? predicate = null)
        where T : class, IKubernetesObject
    {
        var kind = _kind;
        return Watches(
            informer,
            value => OwnerReferences.FindController(value.Metadata) is { } owner && OwnerReferences.IsOf(owner, kind)
                ? [new NamespacedName(kind.Namespaced ? value.Metadata.Namespace ?? "" : "", owner.Name)]
                : [],
            predicate);
    }

    /// <summary>A change to a <typeparamref name="T"/> asks for a pass over the keys that <paramref name="map"/> gives, for the object before
    /// and after the change.</summary>
    /// <param name="informer">The objects.</param>
    /// <param name="map">From an object to keys.</param>
    /// <param name="predicate">Which changes count; null for all.</param>
    public ControllerBuilder Watches<T>(
        IInformer<T> informer, Func<T, IEnumerable<NamespacedName>> map, Func<ResourceEvent<T>, bool>? predicate = null)
        where T : class, IKubernetesObject
    {
        _informers.Add(informer);
        _subscriptions.Add(queue => informer.Subscribe(change =>
        {
            if (predicate is not null && !predicate(change))
            {
                return;
            }

            foreach (var value in (T?[])[change.Before, change.After])
            {
                foreach (var key in value is null ? [] : map(value))
                {
                    queue.Add(key);
                }
            }
        }));
        return this;
    }

    /// <summary>Gives it another name than the kind's: two controllers of one kind need two.</summary>
    public ControllerBuilder Named(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Sets workers and time limits.</summary>
    public ControllerBuilder WithOptions(ControllerOptions options)
    {
        _options = options;
        return this;
    }

    /// <summary>Makes the controller. Keys gather in its queue from now on; work begins with <see cref="Controller.RunAsync"/>.</summary>
    public Controller Build(IReconciler reconciler, RuntimeContext context)
    {
        var queue = new RateLimitingQueue(_name, context);
        foreach (var subscribe in _subscriptions)
        {
            subscribe(queue);
        }

        return new Controller(_name, reconciler, _options, queue, context) { Informers = [.. _informers.Distinct()] };
    }
}
