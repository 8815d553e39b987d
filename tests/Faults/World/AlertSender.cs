using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Sends alerts as Alertmanager does, again until they are taken, and remembers what was answered with 2xx: that must not be lost.</summary>
internal sealed class AlertSender(Func<Uri> to) : IDisposable
{
    /// <summary>The label namespace of all alerts; together with their service it is their incident's key.</summary>
    public const string Scope = "somewhere";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConcurrentQueue<SentAlert> _taken = new();
    private readonly ConcurrentDictionary<int, int> _answers = new();

    /// <summary>The alerts that were answered with 2xx.</summary>
    public IReadOnlyCollection<SentAlert> Taken => _taken;

    /// <summary>How often each status was answered; 0 stands for no answer.</summary>
    public IReadOnlyDictionary<int, int> Answers => _answers;

    /// <summary>Sends one, and again until it is taken.</summary>
    public Task SendAsync(SentAlert alert, TimeSpan patience) => Eventually.UntilAsync(
        $"the alert of {alert.Service} is taken", patience, () => TrySendAsync([alert]));

    /// <summary>Sends some as one payload, once.</summary>
    /// <returns>Whether they were taken.</returns>
    public async Task<bool> TrySendAsync(IReadOnlyList<SentAlert> alerts)
    {
        var status = await PostAsync(Payload(alerts));
        _answers.AddOrUpdate(status, 1, static (_, count) => count + 1);
        if (status is < 200 or > 299)
        {
            return false;
        }

        foreach (var alert in alerts)
        {
            _taken.Enqueue(alert);
        }

        return true;
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> PostAsync(string body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to()) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Arena.Token);
            using var answer = await _http.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return 0;
        }
    }

    private static string Payload(IReadOnlyList<SentAlert> alerts) => new JsonObject
    {
        ["version"] = "4",
        ["groupKey"] = "{}:{alertname=\"Fault\"}",
        ["status"] = alerts[0].EndsAt is null ? "firing" : "resolved",
        ["alerts"] = new JsonArray([.. alerts.Select(static alert => (JsonNode)new JsonObject
        {
            ["status"] = alert.EndsAt is null ? "firing" : "resolved",
            ["labels"] = new JsonObject
            {
                ["alertname"] = alert.Name,
                ["service"] = alert.Service,
                ["namespace"] = Scope,
                ["severity"] = "critical",
                ["lane"] = $"{alert.Lane}",
            },
            ["annotations"] = new JsonObject { ["summary"] = alert.Text },
            ["startsAt"] = alert.StartsAt.ToString("O"),
            ["endsAt"] = alert.EndsAt?.ToString("O") ?? "0001-01-01T00:00:00Z",
            ["fingerprint"] = alert.Fingerprint,
        })]),
    }.ToJsonString();
}

/// <summary>An alert.</summary>
internal sealed record SentAlert(string Service, int Lane, string Fingerprint, DateTimeOffset StartsAt, DateTimeOffset? EndsAt = null)
{
    /// <summary>Its alertname; another than the default fits no runbook.</summary>
    public string Name { get; init; } = "Fault";

    /// <summary>Its summary.</summary>
    public string Text { get; init; } = "a fault is tried";

    /// <summary>One that fires now.</summary>
    public static SentAlert Firing(string service, int lane) => new(service, lane, $"{service}-{lane}", TimeProvider.System.GetUtcNow());
}
