using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes;

/// <summary>Decodes objects one by one; what cannot be decoded is named, as far as its name can be read.</summary>
internal sealed class ObjectDecoder<T>(JsonSerializerOptions options)
{
    private readonly JsonTypeInfo<T> _type = options.TypeOf<T>();

    /// <summary>One page of a list.</summary>
    public KubernetesList<T> DecodeList(ReadOnlyMemory<byte> body)
    {
        var items = new List<T>();
        var undecodable = new List<UndecodableItem>();
        ListMeta? metadata = null;
        var reader = JsonSlices.OpenObject(body.Span);
        while (JsonSlices.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("items"u8))
            {
                DecodeItems(ref reader, body, items, undecodable);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                metadata = Decode<ListMeta>(JsonSlices.Value(ref reader, body));
            }
            else
            {
                reader.Skip();
            }
        }

        var token = string.IsNullOrEmpty(metadata?.Continue) ? null : metadata.Continue;
        return new KubernetesList<T>(items, metadata?.ResourceVersion, token, undecodable);
    }

    /// <summary>One line of a watch.</summary>
    /// <exception cref="ApiException">The line is an ERROR.</exception>
    public WatchEvent<T> DecodeEvent(ReadOnlyMemory<byte> line)
    {
        var members = JsonSlices.Members(line);
        if (!members.TryGetValue("type", out var typeJson) || !members.TryGetValue("object", out var value))
        {
            throw new JsonException("A watch event has neither type nor object.");
        }

        var type = Decode<string>(typeJson);
        if (type == "ERROR")
        {
            throw ApiErrors.FromStatus(Decode<Status>(value));
        }

        var version = TryReadKey(value).ResourceVersion;
        return type switch
        {
            "BOOKMARK" => new WatchEvent<T>(WatchEventType.Bookmark, default, version),
            "ADDED" => Change(WatchEventType.Added, value, version),
            "MODIFIED" => Change(WatchEventType.Modified, value, version),
            "DELETED" => Change(WatchEventType.Deleted, value, version),
            _ => throw new JsonException($"There is no watch event of type {type}."),
        };
    }

    // Each item is looked at twice: for its end, and for what it says.
    private void DecodeItems(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, List<T> items, List<UndecodableItem> undecodable)
    {
        if (!JsonSlices.OpenArray(ref reader))
        {
            return;
        }

        while (JsonSlices.NextElement(ref reader, body, out var slice))
        {
            if (TryDecode(slice, out var item, out var failure))
            {
                items.Add(item);
            }
            else
            {
                undecodable.Add(failure);
            }
        }
    }

    private WatchEvent<T> Change(WatchEventType type, ReadOnlyMemory<byte> json, string? version) =>
        TryDecode(json, out var value, out var failure)
            ? new WatchEvent<T>(type, value, version)
            : new WatchEvent<T>(type, default, version, failure);

    private bool TryDecode(
        ReadOnlyMemory<byte> json,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out UndecodableItem? failure)
    {
        try
        {
            value = JsonSerializer.Deserialize(json.Span, _type);
            failure = value is null ? new UndecodableItem(default, "The item is null.") : null;
            return value is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            var key = TryReadKey(json);
            value = default;
            failure = new UndecodableItem(new NamespacedName(key.Namespace ?? "", key.Name ?? ""), exception.Message);
            return false;
        }
    }

    private static TDecoded? Decode<TDecoded>(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, KubernetesJson.Options.TypeOf<TDecoded>());

    private static ObjectKey TryReadKey(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSlices.Members(json).TryGetValue("metadata", out var metadata) ? Decode<ObjectKey>(metadata) ?? new ObjectKey() : new ObjectKey();
        }
        catch (JsonException)
        {
            return new ObjectKey();
        }
    }
}
