namespace RunbookOperator.Kubernetes;

/// <summary>authentication.k8s.io/v1 TokenReview: asks whose token this is. Created, never stored.</summary>
public sealed record TokenReview : KubernetesObject, IKubernetesObject<TokenReview>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("authentication.k8s.io", "v1", "TokenReview", "tokenreviews", Namespaced: false);

    /// <summary>The token.</summary>
    public required TokenReviewSpec Spec { get; init; }

    /// <summary>The answer.</summary>
    public TokenReviewStatus? Status { get; init; }
}

/// <summary>authentication.k8s.io/v1 TokenReviewSpec.</summary>
public sealed record TokenReviewSpec
{
    /// <summary>The token, as it came.</summary>
    public string? Token { get; init; }

    /// <summary>Who we are: the token must be for one of these; null for the API server.</summary>
    public List<string>? Audiences { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => nameof(TokenReviewSpec);
}

/// <summary>authentication.k8s.io/v1 TokenReviewStatus.</summary>
public sealed record TokenReviewStatus
{
    /// <summary>Whether the token belongs to somebody; absent means no.</summary>
    public bool Authenticated { get; init; }

    /// <summary>Whom.</summary>
    public UserInfo? User { get; init; }

    /// <summary>Which of the audiences asked for the token is for. Empty from a server that does not check them: do not accept that.</summary>
    public List<string>? Audiences { get; init; }

    /// <summary>Why the token could not be checked.</summary>
    public string? Error { get; init; }
}
