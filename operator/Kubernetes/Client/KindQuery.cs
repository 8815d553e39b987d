namespace RunbookOperator.Kubernetes;

/// <summary>Which kind is looked for.</summary>
/// <param name="Name">Kind, plural, singular or short name, in any case; or a subresource as <c>pods/eviction</c>.</param>
/// <param name="Group">The group; null for any.</param>
/// <param name="Version">The version; null for the one the server prefers.</param>
internal sealed record KindQuery(string Name, string? Group, string? Version)
{
    private bool IsSubresource => Name.Contains('/', StringComparison.Ordinal);

    /// <summary>Reads <c>deploy</c>, <c>deployments.apps</c>, and what an object's apiVersion says.</summary>
    public static KindQuery Parse(string kind, string? apiVersion)
    {
        if (!string.IsNullOrEmpty(apiVersion))
        {
            var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? new KindQuery(kind, "", apiVersion) : new KindQuery(kind, apiVersion[..slash], apiVersion[(slash + 1)..]);
        }

        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new KindQuery(kind, null, null) : new KindQuery(kind[..dot], kind[(dot + 1)..], null);
    }

    /// <summary>Whether <paramref name="resource"/> is meant.</summary>
    public bool Matches(DiscoveredResource resource) => IsSubresource
        ? Is(resource.Name)
        : !resource.Name.Contains('/', StringComparison.Ordinal)
            && (Is(resource.Kind) || Is(resource.Name) || Is(resource.SingularName) || resource.ShortNames?.Exists(Is) == true);

    private bool Is(string? other) => string.Equals(Name, other, StringComparison.OrdinalIgnoreCase);
}
