using System.Collections.Concurrent;

namespace RunbookOperator.Kubernetes;

/// <summary>What the server said of its kinds, each answer with its age.</summary>
internal sealed class DiscoveryCache(Func<ApiRequest, CancellationToken, Task<byte[]>> send, TimeProvider time)
{
    private const string Core = "/api";
    private const string Named = "/apis";

    private readonly ConcurrentDictionary<string, (long At, object Answer)> _answers = new();

    /// <summary>The groups, the core group first.</summary>
    /// <param name="group">Only this group; null for all.</param>
    /// <param name="lifetime">How old an answer may be.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<ServedGroup>> GroupsAsync(string? group, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        List<ServedGroup> groups = [];
        if (group is null or "")
        {
            groups.AddRange(await AskAsync(Core, MediaTypes.Discovery, lifetime, CoreGroup, cancellationToken));
        }

        if (group is not "")
        {
            groups.AddRange(await AskAsync(Named, MediaTypes.Discovery, lifetime, NamedGroups, cancellationToken));
        }

        return [.. groups.Where(served => group is null || served.Name == group)];
    }

    /// <summary>The kinds of one version, from an answer of their own; none if there is no such version.</summary>
    public async Task<VersionResources> VersionAsync(string group, string version, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var path = ResourcePath.OfVersion(group, version);
        try
        {
            return await AskAsync(path, MediaTypes.Json, lifetime, Decode, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsNotServed)
        {
            return Keep(path, new VersionResources(group, version, []));
        }

        VersionResources Decode(byte[] body) =>
            new(group, version, Body.Decode<DiscoveredResourceList>(body, KubernetesJson.Options).Resources ?? []);
    }

    /// <summary>The kinds of one version, if they came with all others and are young enough; asks nobody.</summary>
    public VersionResources? Known(string group, string version, TimeSpan lifetime) =>
        TryGet<IReadOnlyList<ServedGroup>>(group.Length == 0 ? Core : Named, lifetime, out var groups)
            ? groups.FirstOrDefault(served => served.Name == group)?.Versions.FirstOrDefault(served => served.Name == version)?.Resources
            : null;

    // The core group has had one version since 2015; servers that are too old to tell of its kinds here are asked for that one.
    private static IReadOnlyList<ServedGroup> CoreGroup(byte[] body) =>
        Aggregated(body) ?? [new ServedGroup("", [new ServedVersion("v1", null)])];

    private static IReadOnlyList<ServedGroup> NamedGroups(byte[] body) =>
        Aggregated(body) ??
        [
            .. (Body.Decode<GroupList>(body, KubernetesJson.Options).Groups ?? [])
                .Select(group => new ServedGroup(group.Name, [.. group.ByPreference().Select(version => new ServedVersion(version, null))])),
        ];

    private static List<ServedGroup>? Aggregated(byte[] body)
    {
        var list = Body.Decode<AggregatedGroupList>(body, KubernetesJson.Options);
        return list.Kind == AggregatedGroupList.KindName ? (list.Items ?? []).ConvertAll(Served) : null;
    }

    private static ServedGroup Served(AggregatedGroup group)
    {
        var name = group.Metadata?.Name ?? "";
        return new ServedGroup(name, [.. (group.Versions ?? []).Select(version => new ServedVersion(
            version.Version,
            new VersionResources(name, version.Version, [.. (version.Resources ?? []).SelectMany(resource => resource.Flatten())])))]);
    }

    private async Task<T> AskAsync<T>(
        string path, string accept, TimeSpan lifetime, Func<byte[], T> decode, CancellationToken cancellationToken)
        where T : class
    {
        if (TryGet<T>(path, lifetime, out var known))
        {
            return known;
        }

        return Keep(path, decode(await send(new ApiRequest(HttpMethod.Get, path) { Accept = accept }, cancellationToken)));
    }

    private T Keep<T>(string path, T answer)
        where T : class
    {
        _answers[path] = (time.GetTimestamp(), answer);
        return answer;
    }

    private bool TryGet<T>(string path, TimeSpan lifetime, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? answer)
        where T : class
    {
        var fresh = _answers.TryGetValue(path, out var known) && time.GetElapsedTime(known.At) < lifetime;
        answer = fresh ? (T)known.Answer : null;
        return fresh;
    }
}
