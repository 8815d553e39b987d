namespace RunbookOperator.Kubernetes;

/// <summary>One request, before it is HTTP.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, below the API server's address. Begins with a slash.</param>
public sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>The body, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The media types wanted, the best first.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Whether the answer may take for ever to begin, as that of a followed log does. Off by default.</summary>
    public bool Patient { get; init; }
}
