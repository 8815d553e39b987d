namespace RunbookOperator.Kubernetes;

/// <summary>authorization.k8s.io/v1 SubjectAccessReview: asks whether a user may do something. Created, never stored.</summary>
public sealed record SubjectAccessReview : KubernetesObject, IKubernetesObject<SubjectAccessReview>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews", Namespaced: false);

    /// <summary>Who and what.</summary>
    public required SubjectAccessReviewSpec Spec { get; init; }

    /// <summary>The answer.</summary>
    public SubjectAccessReviewStatus? Status { get; init; }
}

/// <summary>authorization.k8s.io/v1 SelfSubjectAccessReview: asks whether the caller may do something. Created, never stored.</summary>
public sealed record SelfSubjectAccessReview : KubernetesObject, IKubernetesObject<SelfSubjectAccessReview>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", Namespaced: false);

    /// <summary>What.</summary>
    public required SelfSubjectAccessReviewSpec Spec { get; init; }

    /// <summary>The answer.</summary>
    public SubjectAccessReviewStatus? Status { get; init; }
}

/// <summary>Who, as the API server knew the user, and what.</summary>
public sealed record SubjectAccessReviewSpec
{
    /// <summary>The user's name.</summary>
    public string? User { get; init; }

    /// <summary>The user's groups. The review looks at no others: it does not add those of a service account.</summary>
    public List<string>? Groups { get; init; }

    /// <summary>What the authenticator said besides.</summary>
    public Dictionary<string, List<string>>? Extra { get; init; }

    /// <summary>The user's UID, where the authenticator has one.</summary>
    public string? Uid { get; init; }

    /// <summary>The resource asked about; null if it is a path.</summary>
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>The path asked about; null if it is a resource.</summary>
    public NonResourceAttributes? NonResourceAttributes { get; init; }
}

/// <summary>What, for the caller.</summary>
public sealed record SelfSubjectAccessReviewSpec
{
    /// <summary>The resource asked about; null if it is a path.</summary>
    public ResourceAttributes? ResourceAttributes { get; init; }

    /// <summary>The path asked about; null if it is a resource.</summary>
    public NonResourceAttributes? NonResourceAttributes { get; init; }
}

/// <summary>A verb on a resource, as RBAC rules name them.</summary>
public sealed record ResourceAttributes
{
    /// <summary>Such as <c>get</c>, <c>approve</c> or <c>impersonate</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The API group; null or empty for the core group.</summary>
    public string? Group { get; init; }

    /// <summary>The plural name, such as <c>runbooks</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Such as <c>dangerous</c> in <c>runbooks/dangerous</c>.</summary>
    public string? Subresource { get; init; }

    /// <summary>The object's name; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace; null for all, and for cluster-scoped kinds.</summary>
    public string? Namespace { get; init; }
}

/// <summary>A verb on a path that is no resource, such as <c>get</c> on <c>/metrics</c>.</summary>
/// <param name="Verb">The verb, in lower case.</param>
/// <param name="Path">The path.</param>
public sealed record NonResourceAttributes(string Verb, string Path);

/// <summary>The authorizer's answer.</summary>
public sealed record SubjectAccessReviewStatus
{
    /// <summary>True if the action is allowed; absent means no.</summary>
    public bool Allowed { get; init; }

    /// <summary>True if an authorizer said no for all; otherwise "not allowed" only means nobody said yes.</summary>
    public bool Denied { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong while asking; the answer may be valid all the same.</summary>
    public string? EvaluationError { get; init; }
}
