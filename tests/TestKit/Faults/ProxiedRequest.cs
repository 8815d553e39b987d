namespace RunbookOperator.TestKit;

/// <summary>A request on its way through a <see cref="FaultProxy"/>.</summary>
/// <param name="Number">Its number among all requests of the proxy, from 1.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="User">Who it is made as, where that is not the connection's own user.</param>
/// <param name="Body">The body.</param>
public sealed record ProxiedRequest(int Number, string Method, string Target, string? User, ReadOnlyMemory<byte> Body)
{
    // What comes by the clock and not by what the operator does, and what asks and changes nothing.
    private static readonly string[] Aside = ["/leases", "/events", "accessreviews", "webhookconfigurations", "/secrets"];

    /// <summary>The path.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>Whether it opens a stream of changes.</summary>
    public bool IsWatch => Method == "GET" && (Target.Contains("watch=true", StringComparison.Ordinal) || Target.Contains("watch=1", StringComparison.Ordinal));

    /// <summary>Whether it lists.</summary>
    public bool IsList => Method == "GET" && !IsWatch && Target.Contains('?', StringComparison.Ordinal);

    /// <summary>Whether it writes something of the story: no lease, no event, no review, and none of the operator's own keys.</summary>
    public bool IsWrite => Method != "GET" && !Array.Exists(Aside, part => Path.Contains(part, StringComparison.Ordinal));

    /// <summary>Method and path.</summary>
    public string Line => $"{Method} {Path}";

    /// <summary>The kind it is about, in the plural, with the subresource.</summary>
    public string Resource
    {
        get
        {
            var parts = Path.Trim('/').Split('/');
            var at = Array.IndexOf(parts, "namespaces");
            var start = at >= 0 ? at + 2 : parts[0] == "api" ? 2 : 3;
            return start >= parts.Length ? "" : parts.Length > start + 2 ? $"{parts[start]}/{parts[start + 2]}" : parts[start];
        }
    }
}
