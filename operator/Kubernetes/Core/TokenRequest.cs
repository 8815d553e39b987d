namespace RunbookOperator.Kubernetes;

/// <summary>authentication.k8s.io/v1 TokenRequest: a subresource of service accounts, see <see cref="TokenCalls.RequestTokenAsync"/>.</summary>
internal sealed record TokenRequest : KubernetesObject
{
    public const string Version = "authentication.k8s.io/v1";

    public required TokenRequestSpec Spec { get; init; }

    public TokenRequestStatus? Status { get; init; }
}

/// <summary>authentication.k8s.io/v1 TokenRequestSpec.</summary>
public sealed record TokenRequestSpec
{
    /// <summary>Who is to accept the token; empty for the API server itself.</summary>
    public required List<string> Audiences { get; init; }

    /// <summary>Valid for how long: at least 600, null for an hour. The server may give less or more.</summary>
    public long? ExpirationSeconds { get; init; }

    /// <summary>The token is valid only as long as this object is there; null for the account alone.</summary>
    public BoundObjectReference? BoundObjectRef { get; init; }
}

/// <summary>authentication.k8s.io/v1 BoundObjectReference.</summary>
/// <param name="Kind"><c>Pod</c>, <c>Secret</c> or, from 1.29 on, <c>Node</c>.</param>
/// <param name="ApiVersion">Its group and version.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID; null for whatever has that name now.</param>
public sealed record BoundObjectReference(string Kind, string ApiVersion, string Name, string? Uid = null);

/// <summary>authentication.k8s.io/v1 TokenRequestStatus.</summary>
public sealed record TokenRequestStatus
{
    /// <summary>The token.</summary>
    public required string Token { get; init; }

    /// <summary>When it runs out.</summary>
    public required DateTimeOffset ExpirationTimestamp { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => $"TokenRequestStatus until {ExpirationTimestamp:O}";
}
