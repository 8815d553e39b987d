using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>events.k8s.io/v1 Event: something a person may want to know about an object.</summary>
public sealed record Event : KubernetesObject, IKubernetesObject<Event>
{
    /// <inheritdoc/>
    public static ResourceDefinition Definition { get; } = new("events.k8s.io", "v1", "Event", "events");

    /// <summary>When it was first seen.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>How often it was seen, if more than once.</summary>
    public EventSeries? Series { get; init; }

    /// <summary>Who tells, such as <c>runbooks.dev/operator</c>.</summary>
    public string? ReportingController { get; init; }

    /// <summary>Which instance of it.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>What was done, as one CamelCase word. At most 128 characters.</summary>
    public string? Action { get; init; }

    /// <summary>Why, as one CamelCase word. At most 128 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>What it is about.</summary>
    public ObjectReference? Regarding { get; init; }

    /// <summary>A second object, for complex actions.</summary>
    public ObjectReference? Related { get; init; }

    /// <summary>A sentence for a person. At most 1 kB.</summary>
    public string? Note { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public string? Type { get; init; }
}

/// <summary>events.k8s.io/v1 EventSeries: the same event again and again.</summary>
public sealed record EventSeries
{
    /// <summary>How often, the first time included. At least 2.</summary>
    public required int Count { get; init; }

    /// <summary>When it was last seen.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public required DateTimeOffset LastObservedTime { get; init; }
}
