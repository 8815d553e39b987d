using System.Text.Json;
using System.Text.Json.Serialization;
using RunbookOperator.Api;

namespace RunbookOperator.Alerts;

/// <summary>What Alertmanager posts: version 4 of its webhook, and Grafana's of the same form. Unknown fields are passed over.</summary>
internal sealed record AlertmanagerPayload
{
    /// <summary>Identifies the group within Alertmanager.</summary>
    public string? GroupKey { get; init; }

    /// <summary>The alerts of the group. Each says by itself whether it fires.</summary>
    public List<AlertmanagerAlert?>? Alerts { get; init; }

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="AlertFormatException">It is not of that form, or beyond its bounds.</exception>
    public static AlertmanagerPayload Parse(ReadOnlySpan<byte> body)
    {
        AlertmanagerPayload? payload;
        try
        {
            payload = JsonSerializer.Deserialize(body, AlertsJson.Default.AlertmanagerPayload);
        }
        catch (JsonException exception)
        {
            throw new AlertFormatException($"not an Alertmanager notification: {exception.Path ?? "$"}, line {exception.LineNumber + 1}");
        }

        if (payload?.Alerts is not { Count: > 0 } alerts)
        {
            throw new AlertFormatException("the notification holds no alerts");
        }

        if (!alerts.Exists(static alert => alert?.IsTellable == true))
        {
            throw new AlertFormatException("no alert of the notification has labels and startsAt");
        }

        return alerts.Count <= AlertLimits.Alerts ? payload : throw new AlertFormatException($"more than {AlertLimits.Alerts} alerts in one request; set max_alerts");
    }

    /// <summary>The alerts as incidents keep them.</summary>
    public IEnumerable<IncidentAlert> ToAlerts(string source, DateTimeOffset now) =>
        (Alerts ?? []).Where(static alert => alert?.IsTellable == true).Select(alert => alert!.ToAlert(source, now));
}

/// <summary>One alert of a notification.</summary>
internal sealed record AlertmanagerAlert
{
    /// <summary>firing or resolved.</summary>
    public string? Status { get; init; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string?>? Labels { get; init; }

    /// <summary>Annotations.</summary>
    public Dictionary<string, string?>? Annotations { get; init; }

    /// <summary>When it began to fire.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When it ended; year 1 while it fires.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Hash of the labels.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether it can be told from others: it has labels and a start.</summary>
    [JsonIgnore]
    public bool IsTellable => Labels is { } labels && labels.Any(static label => label.Value is not null) && StartsAt is not null;

    /// <summary>The alert as incidents keep it.</summary>
    public IncidentAlert ToAlert(string source, DateTimeOffset now)
    {
        var (labels, startsAt) = (Values(Labels)!, StartsAt!.Value);
        return new IncidentAlert
        {
            Fingerprint = Fingerprint is { Length: > 0 } ? Fingerprint : CanonicalJson.Hash(JsonSerializer.SerializeToNode(labels), 16),
            Labels = labels,
            Annotations = Values(Annotations),
            StartsAt = WholeSeconds(startsAt),
            EndsAt = Status == "resolved" ? Ended(EndsAt is { Year: > 1 } end ? end : startsAt, now) : null,
            Source = Variables.Clean(source, Limits.Line),
        };
    }

    // What is over has ended by now, whatever the source's clock says: an end to come would keep its incident open until then.
    private static DateTimeOffset Ended(DateTimeOffset end, DateTimeOffset now) => WholeSeconds(end < now ? end : now);

    // As objects keep times: else the same alert, sent again, would look like a later one.
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static Dictionary<string, string>? Values(Dictionary<string, string?>? values) => values?
        .Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
}

/// <summary>A notification that cannot be read. Sending it again cannot help.</summary>
internal sealed class AlertFormatException(string message) : Exception(message);

/// <summary>The generated serializer of notifications.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = AlertLimits.Depth)]
[JsonSerializable(typeof(AlertmanagerPayload))]
internal sealed partial class AlertsJson : JsonSerializerContext;
