using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.TestKit;

/// <summary>Follows etcd itself, past the API server: every version of every object, in the order in which they were stored, none left out.
/// Each is kept in a file that only grows, written through to the disk before it is believed.</summary>
public sealed class EtcdHistory : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<StoredVersion> _versions = [];
    private readonly FileStream _file;
    private readonly Uri _etcd;
    private readonly string _prefix;
    private readonly Task _following;
    private long _next;

    /// <summary>Follows all keys that begin with <paramref name="prefix"/>, from <paramref name="revision"/> on.</summary>
    /// <param name="etcd">The address of etcd.</param>
    /// <param name="prefix">Such as <c>/registry/runbooks.dev/</c>.</param>
    /// <param name="revision">The first revision.</param>
    /// <param name="file">Where it is kept.</param>
    public EtcdHistory(Uri etcd, string prefix, long revision, string file)
    {
        _etcd = etcd;
        _prefix = prefix;
        _next = revision;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        _file = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        _following = FollowAsync();
    }

    /// <summary>The newest revision that was seen.</summary>
    public long Seen => Interlocked.Read(ref _next) - 1;

    /// <summary>How often a part of the history was forgotten before it could be read. Then the model has a gap, and says so.</summary>
    public int Gaps { get; private set; }

    /// <summary>All versions so far, in order.</summary>
    public IReadOnlyList<StoredVersion> Versions
    {
        get
        {
            lock (_versions)
            {
                return [.. _versions];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        await _file.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await WatchAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // etcd was stopped or is not up yet; the next watch begins where this one ended.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WatchAsync()
    {
        var create = new JsonObject
        {
            ["key"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(_prefix)),
            ["range_end"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(_prefix[..^1] + (char)(_prefix[^1] + 1))),
            ["start_revision"] = _next,
            ["progress_notify"] = true,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_etcd, "v3/watch"))
        {
            Content = new StringContent(new JsonObject { ["create_request"] = create }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(_stop.Token));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Take(JsonNode.Parse(line)!["result"]!.AsObject());
        }
    }

    private void Take(JsonObject result)
    {
        if ((string?)result["compact_revision"] is { } compacted)
        {
            Gaps++;
            Interlocked.Exchange(ref _next, long.Parse(compacted, CultureInfo.InvariantCulture));
            throw new HttpRequestException("the history was compacted");
        }

        foreach (var change in result["events"]?.AsArray() ?? [])
        {
            Keep(change!.AsObject());
        }
    }

    private void Keep(JsonObject change)
    {
        var pair = change["kv"]!.AsObject();
        var value = Convert.FromBase64String((string?)pair["value"] ?? "");
        var version = new StoredVersion(
            long.Parse((string)pair["mod_revision"]!, CultureInfo.InvariantCulture),
            Encoding.UTF8.GetString(Convert.FromBase64String((string)pair["key"]!)),
            value.Length,
            (string?)change["type"] == "DELETE" ? null : Read(value));
        _file.Write(Encoding.UTF8.GetBytes($"{version.Revision} {version.Key} {version.Value?.ToJsonString() ?? "deleted"}\n"));
        _file.Flush(flushToDisk: true);
        lock (_versions)
        {
            _versions.Add(version);
        }

        Interlocked.Exchange(ref _next, version.Revision + 1);
    }

    private static JsonObject? Read(byte[] value)
    {
        try
        {
            return JsonNode.Parse(value)!.AsObject();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("etcd keeps no JSON: the cluster was started without --json", exception);
        }
    }
}

/// <summary>One version of an object, as etcd has stored it.</summary>
/// <param name="Revision">The revision of the store: what comes later is greater.</param>
/// <param name="Key">The key.</param>
/// <param name="Size">How many bytes it takes there.</param>
/// <param name="Value">The object; null if it was deleted.</param>
public sealed record StoredVersion(long Revision, string Key, int Size, JsonObject? Value);
