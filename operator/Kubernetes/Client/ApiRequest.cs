namespace RunbookOperator.Kubernetes;

/// <summary>One request, before it is HTTP.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, below the API server's address.</param>
/// <param name="Identity">Who it is made as; null for the connection's own user.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, Impersonation? Identity)
{
    /// <summary>The body, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The media type wanted.</summary>
    public string Accept { get; init; } = "application/json";
}
