using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Writes notices as Events: the first as a new one, its repeats as a series on it.</summary>
internal sealed class EventSink(IKubernetesClient client, EventRecorderOptions options, TimeProvider time)
{
    /// <summary>A notice seen again within this time is counted on the Event that is there.</summary>
    public static readonly TimeSpan SeriesIdleTime = TimeSpan.FromMinutes(6);

    /// <summary>How many series are remembered.</summary>
    public const int MaxSeries = 4096;

    // An object's name may have 253 characters; the suffix takes 17.
    private const int MaxNamePrefix = 236;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private readonly Dictionary<EventNotice, Series> _series = [];

    public async Task RecordAsync(EventNotice notice, CancellationToken cancellationToken)
    {
        Sweep();
        if (_series.TryGetValue(Identity(notice), out var series) && await TryCountAsync(series, cancellationToken))
        {
            return;
        }

        var stored = await client.CreateAsync(NewEvent(notice), cancellationToken);
        _series[Identity(notice)] = new Series(NamespacedName.Of(stored), 1, time.GetTimestamp());
    }

    // False if the Event is gone: events live for an hour or so.
    private async Task<bool> TryCountAsync(Series series, CancellationToken cancellationToken)
    {
        var content = new JsonObject
        {
            ["series"] = new JsonObject
            {
                ["count"] = series.Count + 1,
                ["lastObservedTime"] = time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            },
        };
        try
        {
            await client.PatchAsync<Event>(series.Name, new Patch(PatchType.Merge, content), cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false;
        }

        series.Count++;
        series.LastSeen = time.GetTimestamp();
        return true;
    }

    private void Sweep()
    {
        foreach (var (notice, series) in _series)
        {
            if (time.GetElapsedTime(series.LastSeen) >= SeriesIdleTime)
            {
                _series.Remove(notice);
            }
        }

        if (_series.Count >= MaxSeries)
        {
            _series.Remove(_series.MinBy(entry => entry.Value.LastSeen).Key);
        }
    }

    private Event NewEvent(EventNotice notice)
    {
        var now = time.GetUtcNow();
        return new Event
        {
            Metadata = new ObjectMeta { Name = NameOf(notice, now), Namespace = NamespaceOf(notice) },
            EventTime = now,
            ReportingController = options.ReportingController,
            ReportingInstance = options.ReportingInstance,
            Action = notice.Action,
            Reason = notice.Reason,
            Regarding = notice.Regarding,
            Note = notice.Note,
            Type = notice.Type.ToString(),
        };
    }

    // Events about cluster-scoped objects go to the namespace where kubectl looks for them.
    private static string NamespaceOf(EventNotice notice) => notice.Regarding.Namespace ?? "default";

    private string NameOf(EventNotice notice, DateTimeOffset now)
    {
        var identity = $"{options.ReportingInstance}\n{now.UtcTicks}\n{notice.Regarding.Uid}\n{notice.Type}\n{notice.Reason}\n{notice.Action}\n{notice.Note}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        var name = notice.Regarding.Name ?? "";
        return $"{(name.Length > MaxNamePrefix ? name[..MaxNamePrefix].TrimEnd('.', '-') : name)}.{hash}";
    }

    // The object's version changes all the time; the same thing about the same object is one series all the same.
    private static EventNotice Identity(EventNotice notice) => notice with { Regarding = notice.Regarding with { ResourceVersion = null } };

    private sealed class Series(NamespacedName name, int count, long lastSeen)
    {
        public NamespacedName Name { get; } = name;

        public int Count { get; set; } = count;

        public long LastSeen { get; set; } = lastSeen;
    }
}
