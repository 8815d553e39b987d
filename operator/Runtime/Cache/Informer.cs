using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A cache of one kind that follows the API server and tells of every change it sees.</summary>
public sealed class Informer<T> : ProjectedInformer<T, T>
    where T : class, IKubernetesObject<T>
{
    /// <summary>Makes an empty one. Nothing happens before <see cref="FollowingInformer{T, TView}.RunAsync"/>.</summary>
    public Informer(IKubernetesClient client, InformerOptions options, RuntimeContext context)
        : base(client, options, static value => value, context)
    {
    }

    /// <inheritdoc/>
    public override Informer<T> AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        base.AddIndex(name, values);
        return this;
    }
}
