namespace RunbookOperator.Kubernetes;

/// <summary>authorization.k8s.io/v1 SelfSubjectRulesReview: asks what the caller may do in a namespace. For showing, not for deciding: the
/// answer may be incomplete. Created, never stored.</summary>
public sealed record SelfSubjectRulesReview : KubernetesObject, IKubernetesObject<SelfSubjectRulesReview>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } =
        new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews", Namespaced: false);

    /// <summary>Where.</summary>
    public required SelfSubjectRulesReviewSpec Spec { get; init; }

    /// <summary>The answer.</summary>
    public SubjectRulesReviewStatus? Status { get; init; }
}

/// <summary>authorization.k8s.io/v1 SelfSubjectRulesReviewSpec.</summary>
/// <param name="Namespace">The namespace; required.</param>
public sealed record SelfSubjectRulesReviewSpec(string Namespace);

/// <summary>authorization.k8s.io/v1 SubjectRulesReviewStatus.</summary>
public sealed record SubjectRulesReviewStatus
{
    /// <summary>What is allowed with resources, in no order, with repetitions.</summary>
    public List<ResourceRule>? ResourceRules { get; init; }

    /// <summary>What is allowed with paths that are no resources.</summary>
    public List<NonResourceRule>? NonResourceRules { get; init; }

    /// <summary>Whether an authorizer could not say all it would allow.</summary>
    public bool Incomplete { get; init; }

    /// <summary>What went wrong while asking.</summary>
    public string? EvaluationError { get; init; }
}

/// <summary>authorization.k8s.io/v1 ResourceRule. A star stands for all.</summary>
/// <param name="Verbs">The verbs.</param>
/// <param name="ApiGroups">The groups; empty text is the core group.</param>
/// <param name="Resources">The resources, with subresources as <c>pods/log</c>.</param>
/// <param name="ResourceNames">Only objects of these names; null for all.</param>
public sealed record ResourceRule(
    List<string> Verbs, List<string>? ApiGroups = null, List<string>? Resources = null, List<string>? ResourceNames = null);

/// <summary>authorization.k8s.io/v1 NonResourceRule. A star at a path's end stands for the rest.</summary>
/// <param name="Verbs">The verbs.</param>
/// <param name="NonResourceUrls">The paths.</param>
public sealed record NonResourceRule(
    List<string> Verbs, [property: System.Text.Json.Serialization.JsonPropertyName("nonResourceURLs")] List<string>? NonResourceUrls = null);
