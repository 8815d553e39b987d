using System.Collections.Concurrent;
using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>Finds kinds by name. What the server said is kept for a while, since kinds seldom change.</summary>
internal sealed class Discovery(Func<string, CancellationToken, Task<byte[]>> get, TimeProvider time)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a kind that was not found is believed to be absent: it may be installed at any time.</summary>
    public static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (long At, object Answer)> _answers = new();

    public async Task<ResourceDefinition?> FindAsync(string kind, string? apiVersion, CancellationToken cancellationToken)
    {
        var query = KindQuery.Parse(kind, apiVersion);
        return await SearchAsync(query, Lifetime, cancellationToken) ?? await SearchAsync(query, AbsenceLifetime, cancellationToken);
    }

    private async Task<ResourceDefinition?> SearchAsync(KindQuery query, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        foreach (var (group, version) in await VersionsAsync(query, lifetime, cancellationToken))
        {
            if (await ResourcesAsync(group, version, lifetime, query.Version is not null, cancellationToken) is { } list
                && list.Resources?.FirstOrDefault(query.Matches) is { } resource)
            {
                return new ResourceDefinition(group, version, resource.Kind, resource.Name, resource.Namespaced);
            }
        }

        return null;
    }

    // The core group first, then in the order in which the server prefers them.
    private async Task<IEnumerable<(string Group, string Version)>> VersionsAsync(
        KindQuery query, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (query.Version is { } version)
        {
            return [(query.Group!, version)];
        }

        var groups = await AskAsync<GroupList>("/apis", lifetime, cancellationToken);
        return (groups.Groups ?? [])
            .Select(group => (group.Name, group.PreferredVersion?.Version ?? "v1"))
            .Prepend(("", "v1"))
            .Where(group => query.Group is null || query.Group == group.Item1);
    }

    private async Task<ResourceList?> ResourcesAsync(
        string group, string version, TimeSpan lifetime, bool named, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<ResourceList>(ResourcePath.OfVersion(group, version), lifetime, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
        catch (ApiException exception) when (!named && exception.IsTransient)
        {
            // An aggregated API whose server is down must not hide all other kinds.
            return null;
        }
    }

    private async Task<T> AskAsync<T>(string path, TimeSpan lifetime, CancellationToken cancellationToken)
        where T : class
    {
        if (_answers.TryGetValue(path, out var known) && time.GetElapsedTime(known.At) < lifetime)
        {
            return (T)known.Answer;
        }

        var answer = JsonSerializer.Deserialize<T>(await get(path, cancellationToken), KubernetesJson.Options)
            ?? throw new JsonException($"{path} is null.");
        _answers[path] = (time.GetTimestamp(), answer);
        return answer;
    }

    private sealed record GroupList(List<Group>? Groups);

    private sealed record Group(string Name, GroupVersion? PreferredVersion);

    private sealed record GroupVersion(string Version);

    private sealed record ResourceList(List<DiscoveredResource>? Resources);
}
