namespace RunbookOperator.Kubernetes;

/// <summary>What every Kubernetes object on the wire has.</summary>
public interface IKubernetesObject
{
    /// <summary>Group and version, such as <c>apps/v1</c>. Absent on the items of a list.</summary>
    string? ApiVersion { get; }

    /// <summary>The kind, such as <c>Deployment</c>. Absent on the items of a list.</summary>
    string? Kind { get; }

    /// <summary>Name, namespace, version and owners.</summary>
    ObjectMeta Metadata { get; }
}

/// <summary>A typed object that knows where the API server keeps its kind: what Go's Scheme does, done by the compiler.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IKubernetesObject<TSelf> : IKubernetesObject
    where TSelf : IKubernetesObject<TSelf>
{
    /// <summary>Group, version, kind, plural and scope of <typeparamref name="TSelf"/>.</summary>
    static abstract ResourceDefinition Definition { get; }
}
