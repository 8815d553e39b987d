using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Which changes ask for a pass. Creation and deletion always do.</summary>
public static class Predicates
{
    /// <summary>Every change.</summary>
    public static bool Any<T>(ResourceEvent<T> change)
        where T : class, IKubernetesObject => true;

    /// <summary>A change of the spec, or the request to delete. Status and metadata do not count.</summary>
    public static bool GenerationChanged<T>(ResourceEvent<T> change)
        where T : class, IKubernetesObject =>
        change is not { Before: { } before, After: { } after }
        || before.Metadata.Generation != after.Metadata.Generation
        || before.Metadata.DeletionTimestamp != after.Metadata.DeletionTimestamp
        || before.Metadata.Uid != after.Metadata.Uid;

    /// <summary>A change of one annotation.</summary>
    public static Func<ResourceEvent<T>, bool> AnnotationChanged<T>(string annotation)
        where T : class, IKubernetesObject =>
        change => change is not { Before: { } before, After: { } after }
            || before.Metadata.Annotations?.GetValueOrDefault(annotation) != after.Metadata.Annotations?.GetValueOrDefault(annotation);

    /// <summary>A change that at least one of <paramref name="predicates"/> lets pass.</summary>
    public static Func<ResourceEvent<T>, bool> Either<T>(params Func<ResourceEvent<T>, bool>[] predicates)
        where T : class, IKubernetesObject =>
        change => predicates.Any(predicate => predicate(change));
}
