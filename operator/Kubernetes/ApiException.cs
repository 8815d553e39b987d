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
    /// <param name="causes">What led to it, one by one, or null.</param>
    public ApiException(
        HttpStatusCode code, string? reason, string message, TimeSpan? retryAfter = null, IReadOnlyList<ApiErrorCause>? causes = null)
        : base(message)
    {
        Causes = causes ?? [];
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

    /// <summary>metav1.Status.details.causes: for 422 one for each field, for an eviction the disruption budget.</summary>
    public IReadOnlyList<ApiErrorCause> Causes { get; }

    /// <summary>404 by the API server's word: the object is not there. An API server that is starting answers 404 in plain text for what it does not
    /// serve yet, as one does for kinds that it never had: that says nothing of any object (<see cref="IsNotServed"/>).</summary>
    public bool IsNotFound => Code == HttpStatusCode.NotFound && Reason == "NotFound";

    /// <summary>404 in plain text: the path is not served, because there is no such kind, or because the API server is still starting.</summary>
    public bool IsNotServed => Code == HttpStatusCode.NotFound && Reason is null;

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

    /// <summary>429 on an eviction: a PodDisruptionBudget does not allow it now. Also <see cref="IsTransient"/>.</summary>
    public bool IsDisruptionBudget => Code == HttpStatusCode.TooManyRequests && Causes.Any(cause => cause.Type == "DisruptionBudget");

    /// <summary>The same request may succeed later: 429 and 5xx, and a path that is not served, perhaps not yet.</summary>
    public bool IsTransient => Code == HttpStatusCode.TooManyRequests || (int)Code >= 500 || IsNotServed;
}

/// <summary>metav1.StatusCause: one thing that led to a refusal.</summary>
/// <param name="Type">The machine-readable reason, such as <c>FieldValueInvalid</c> or <c>DisruptionBudget</c>.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Field">The field of the object, such as <c>spec.containers[0].image</c>.</param>
public sealed record ApiErrorCause(string? Type, string? Message = null, string? Field = null);
