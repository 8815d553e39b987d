using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A cache that keeps a part of each object of one kind: for what is only counted, or looked up by name. The whole object is garbage
/// as soon as <c>project</c> has seen it, page by page. Where metadata is enough, <see cref="MetadataInformer"/> does not even fetch the rest.</summary>
/// <typeparam name="T">What the API server has.</typeparam>
/// <typeparam name="TView">What is kept of it. Its metadata needs name, namespace, uid and resourceVersion; predicates may need more.</typeparam>
public class ProjectedInformer<T, TView> : FollowingInformer<T, TView>
    where T : class, IKubernetesObject<T>
    where TView : class, IKubernetesObject
{
    /// <summary>Makes an empty one. Nothing happens before <see cref="FollowingInformer{T, TView}.RunAsync"/>.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">Which objects, and how they are followed.</param>
    /// <param name="project">What is kept of an object. It must not keep the object itself.</param>
    /// <param name="context">Clock, logs, counters.</param>
    public ProjectedInformer(IKubernetesClient client, InformerOptions options, Func<T, TView> project, RuntimeContext context)
        : base(ObjectSource.Of<T>(client), options, project, context)
    {
    }

    /// <inheritdoc/>
    public override ProjectedInformer<T, TView> AddIndex(string name, Func<TView, IEnumerable<string>> values)
    {
        base.AddIndex(name, values);
        return this;
    }
}
