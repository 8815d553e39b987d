using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>metav1.Status: what the API server answers where it does not answer with an object.</summary>
internal sealed record Status
{
    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    [JsonPropertyName("status")]
    public string? Outcome { get; init; }

    /// <summary>The HTTP status code meant; inside a watch the only one there is.</summary>
    public int? Code { get; init; }

    /// <summary>The machine-readable reason, such as <c>AlreadyExists</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence for a person.</summary>
    public string? Message { get; init; }

    /// <summary>More about it.</summary>
    public StatusDetails? Details { get; init; }
}

/// <summary>metav1.StatusDetails, as far as it is used.</summary>
internal sealed record StatusDetails
{
    /// <summary>How long to wait before the next attempt, in seconds; 0 if the server does not say.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What led to it, one by one.</summary>
    public List<StatusCause>? Causes { get; init; }
}

/// <summary>metav1.StatusCause. The type is called <c>reason</c> on the wire.</summary>
internal sealed record StatusCause(string? Reason = null, string? Message = null, string? Field = null);
