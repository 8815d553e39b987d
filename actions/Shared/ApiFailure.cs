using System.Net;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What a failed request tells about what it asked for.</summary>
internal enum FailureKind
{
    /// <summary>The API server said no: this request has changed nothing.</summary>
    Refused,

    /// <summary>As <see cref="Refused"/>, because the object is not at the version that the request named.</summary>
    Conflict,

    /// <summary>As <see cref="Refused"/>, because the API server is busy: later it may say yes.</summary>
    Busy,

    /// <summary>No answer, or none that tells: it may have happened, and it may yet happen.</summary>
    Unclear,
}

/// <summary>A failed request, classified by type and code.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Message">For a person.</param>
/// <param name="RetryAfter">How long the server asks to wait, or null.</param>
internal sealed record ApiFailure(FailureKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>The failure that <paramref name="exception"/> is, or null if it is none of the API or the caller has cancelled.</summary>
    public static ApiFailure? Of(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ApiException answer => new ApiFailure(KindOf(answer), Sentence(answer), answer.RetryAfter),
        HttpRequestException or IOException or TimeoutException => new ApiFailure(FailureKind.Unclear, "the API server did not answer"),
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new ApiFailure(FailureKind.Unclear, "the API server did not answer in time"),
        _ => null,
    };

    private static FailureKind KindOf(ApiException answer) => answer switch
    {
        { IsConflict: true } => FailureKind.Conflict,
        { Code: HttpStatusCode.TooManyRequests } => FailureKind.Busy,
        { IsTransient: true } => FailureKind.Unclear,
        _ => FailureKind.Refused,
    };

    // The server's own sentence names user, verb, resource and namespace.
    private static string Sentence(ApiException answer) => Variables.Clean(answer switch
    {
        { IsForbidden: true } => $"not allowed: {answer.Message}",
        { IsUnauthorized: true } => $"not known to the API server: {answer.Message}",
        _ => answer.Message,
    }, Limits.Message / 2);
}
