using System.Net;

namespace RunbookOperator.Kubernetes;

/// <summary>The API server's own "no". Classified by HTTP code and <c>Status.reason</c>, never by text.</summary>
public sealed class ApiException : Exception
{
    /// <summary>Makes the exception for an answer.</summary>
    /// <param name="code">The HTTP status code, or the code inside a watch's ERROR event.</param>
    /// <param name="reason">The machine-readable reason of metav1.Status, or null.</param>
    /// <param name="message">The server's sentence for a person.</param>
    /// <param name="retryAfter">How long the server asks to wait, or null.</param>
    public ApiException(HttpStatusCode code, string? reason, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status code.</summary>
    public HttpStatusCode Code { get; }

    /// <summary>metav1.Status.reason, such as <c>AlreadyExists</c>.</summary>
    public string? Reason { get; }

    /// <summary>How long the server asks to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>404: the object, or its kind, is not there.</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    /// <summary>409 on create: the name is taken.</summary>
    public bool IsAlreadyExists => Code == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>409 on write: the object has changed since it was read, or another field manager owns a field.</summary>
    public bool IsConflict => Code == HttpStatusCode.Conflict && Reason != "AlreadyExists";

    /// <summary>410, or a reason that means it under another code: the version asked for is too old; list again.</summary>
    public bool IsGone => Code == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    /// <summary>422: the object does not satisfy its schema.</summary>
    public bool IsInvalid => Code == HttpStatusCode.UnprocessableEntity;

    /// <summary>403: not allowed, or refused by admission.</summary>
    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>401: not known.</summary>
    public bool IsUnauthorized => Code == HttpStatusCode.Unauthorized;

    /// <summary>The same request may succeed later: 429 and 5xx.</summary>
    public bool IsTransient => Code == HttpStatusCode.TooManyRequests || (int)Code >= 500;
}
