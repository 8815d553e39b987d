using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>Finds kinds by name. Servers from 1.26 on tell of all kinds in two answers; older ones are asked version by version. What the
/// server said is kept for a while, since kinds seldom change; a kind that is not found is looked for once more in newer answers.</summary>
internal sealed class Discovery(Func<ApiRequest, CancellationToken, Task<byte[]>> send, TimeProvider time)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a kind that was not found is believed to be absent: it may be installed at any time.</summary>
    public static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);

    private readonly DiscoveryCache _cache = new(send, time);

    public async Task<ResourceDefinition?> FindAsync(string kind, string? apiVersion, CancellationToken cancellationToken)
    {
        var query = KindQuery.Parse(kind, apiVersion);
        return await SearchAsync(query, Lifetime, cancellationToken) ?? await SearchAsync(query, AbsenceLifetime, cancellationToken);
    }

    private Task<ResourceDefinition?> SearchAsync(KindQuery query, TimeSpan lifetime, CancellationToken cancellationToken) =>
        query.Version is { } version
            ? NamedAsync(query, query.Group!, version, lifetime, cancellationToken)
            : PreferredAsync(query, lifetime, cancellationToken);

    // One version was named: its own list is enough, and if its server is down the caller must hear of that.
    private async Task<ResourceDefinition?> NamedAsync(
        KindQuery query, string group, string version, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (_cache.Known(group, version, lifetime) is { } known && Find(query, known) is { } found)
        {
            return found;
        }

        return Find(query, await _cache.VersionAsync(group, version, lifetime, cancellationToken));
    }

    // The core group first, then the groups, and in each the versions, in the order in which the server prefers them.
    private async Task<ResourceDefinition?> PreferredAsync(KindQuery query, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        foreach (var group in await _cache.GroupsAsync(query.Group, lifetime, cancellationToken))
        {
            foreach (var version in group.Versions)
            {
                if (await ListAsync(query, group.Name, version, lifetime, cancellationToken) is { } list && Find(query, list) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    // An aggregated API whose server is down, or talks nonsense, must not hide all other kinds. To whoever names its group it is not absent:
    // the aggregated answer has no kinds of it, and its own server is asked for why.
    private async Task<VersionResources?> ListAsync(
        KindQuery query, string group, ServedVersion version, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        try
        {
            return version.Resources is { } known && (known.Resources.Count > 0 || query.Group is null)
                ? known
                : await _cache.VersionAsync(group, version.Name, lifetime, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsTransient && query.Group is null)
        {
            return null;
        }
        catch (JsonException) when (query.Group is null)
        {
            return null;
        }
    }

    private static ResourceDefinition? Find(KindQuery query, VersionResources list) =>
        list.Resources.FirstOrDefault(query.Matches)?.In(list.Group, list.Version);
}

/// <summary>A group that the server has.</summary>
/// <param name="Name">Its name; empty for the core group.</param>
/// <param name="Versions">Its versions, the preferred one first.</param>
internal sealed record ServedGroup(string Name, IReadOnlyList<ServedVersion> Versions);

/// <summary>A version of a group.</summary>
/// <param name="Name">Such as <c>v1</c>.</param>
/// <param name="Resources">Its kinds, if the server told of them together with the group.</param>
internal sealed record ServedVersion(string Name, VersionResources? Resources);

/// <summary>The kinds of one version of one group.</summary>
internal sealed record VersionResources(string Group, string Version, IReadOnlyList<DiscoveredResource> Resources);
