using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>metav1.APIGroupList: what servers before 1.26 answer at <c>/apis</c>.</summary>
internal sealed record GroupList(string? Kind, List<GroupList.Group>? Groups)
{
    internal sealed record Group(string Name, GroupVersion? PreferredVersion, List<GroupVersion>? Versions)
    {
        /// <summary>The preferred version first, then the others as the server lists them.</summary>
        public IEnumerable<string> ByPreference() =>
            (PreferredVersion is null ? [] : new[] { PreferredVersion }).Concat(Versions ?? []).Select(version => version.Version).Distinct();
    }

    internal sealed record GroupVersion(string Version);
}

/// <summary>metav1.APIResourceList: the kinds of one version.</summary>
internal sealed record DiscoveredResourceList(List<DiscoveredResource>? Resources);

/// <summary>metav1.APIResource: a kind, as discovery tells of it. Group and version are those of the answer's kind, if it is not of the list's.</summary>
internal sealed record DiscoveredResource(
    string Name,
    string Kind,
    bool Namespaced,
    string? SingularName = null,
    List<string>? ShortNames = null,
    string? Group = null,
    string? Version = null)
{
    /// <summary>What it is in the list of a version. A resource is where its list is; a subresource may take and give another group's kind.</summary>
    public ResourceDefinition In(string group, string version) =>
        Name.Contains('/', StringComparison.Ordinal) && !string.IsNullOrEmpty(Version)
            ? new ResourceDefinition(Group ?? "", Version, Kind, Name, Namespaced)
            : new ResourceDefinition(group, version, Kind, Name, Namespaced);
}

/// <summary>apidiscovery.k8s.io APIGroupDiscoveryList, v2 and v2beta1: all kinds of all groups in one answer.</summary>
internal sealed record AggregatedGroupList(string? Kind, List<AggregatedGroup>? Items)
{
    /// <summary>The <c>kind</c> by which the two formats of the answer are told apart.</summary>
    public const string KindName = "APIGroupDiscoveryList";
}

/// <summary>APIGroupDiscovery: a group, with its versions in the server's order of preference.</summary>
internal sealed record AggregatedGroup(ObjectKey? Metadata, List<AggregatedVersion>? Versions);

/// <summary>APIVersionDiscovery. Where the version's own server does not answer, it has no resources.</summary>
internal sealed record AggregatedVersion(string Version, List<AggregatedResource>? Resources);

/// <summary>APIResourceDiscovery.</summary>
internal sealed record AggregatedResource(
    [property: JsonPropertyName("resource")] string Name,
    AggregatedKind? ResponseKind,
    string? Scope,
    string? SingularResource,
    List<string>? ShortNames,
    List<AggregatedSubresource>? Subresources)
{
    /// <summary>The resource and its subresources, as the older format has them.</summary>
    public IEnumerable<DiscoveredResource> Flatten()
    {
        var namespaced = Scope == "Namespaced";
        var self = new DiscoveredResource(
            Name, ResponseKind?.Kind ?? "", namespaced, SingularResource, ShortNames, ResponseKind?.Group, ResponseKind?.Version);
        return (Subresources ?? [])
            .Select(part => new DiscoveredResource(
                $"{Name}/{part.Name}", part.ResponseKind?.Kind ?? "", namespaced, Group: part.ResponseKind?.Group, Version: part.ResponseKind?.Version))
            .Prepend(self);
    }
}

/// <summary>APISubresourceDiscovery.</summary>
internal sealed record AggregatedSubresource([property: JsonPropertyName("subresource")] string Name, AggregatedKind? ResponseKind);

/// <summary>metav1.GroupVersionKind, each part of which may be absent.</summary>
internal sealed record AggregatedKind(string? Group, string? Version, string? Kind);
