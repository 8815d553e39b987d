using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A change that the cache has seen. At least one side is set.</summary>
/// <param name="Before">The object before; null if it is new.</param>
/// <param name="After">The object after; null if it is gone, and then <paramref name="Before"/> is the last state known.</param>
public sealed record ResourceEvent<T>(T? Before, T? After)
    where T : class, IKubernetesObject
{
    /// <summary>The object as it is, or as it was last.</summary>
    public T Object => After ?? Before!;
}
