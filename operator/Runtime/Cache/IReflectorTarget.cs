using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Where a reflector puts what it sees. Called by one caller at a time.</summary>
internal interface IReflectorTarget<T>
    where T : class, IKubernetesObject
{
    /// <summary>A whole list.</summary>
    void Replace(IReadOnlyList<T> values, IReadOnlyList<UndecodableItem> undecodable);

    /// <summary>One change.</summary>
    void Apply(WatchEvent<T> change);
}
