using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>Makes an <see cref="ApiException"/> of what the API server answered.</summary>
internal static class ApiErrors
{
    /// <summary>How much of an answer that is no Status is repeated, in characters.</summary>
    public const int MaxText = 1024;

    /// <summary>How much of an answer is read, in bytes.</summary>
    public const int MaxBody = 1 << 20;

    private const int ReadSize = 16 << 10;

    /// <summary>Of an HTTP answer.</summary>
    public static async Task<ApiException> FromResponseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(response.Content, cancellationToken);
        var status = TryDecode(body);
        var text = status?.Message ?? (body.Length > 0 ? Text(body) : $"The API server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        return new ApiException(response.StatusCode, status?.Reason, text, RetryAfter(response.Headers.RetryAfter, status), Causes(status));
    }

    /// <summary>Of a Status inside a watch.</summary>
    public static ApiException FromStatus(Status? status) => new(
        (HttpStatusCode)(status?.Code ?? (int)HttpStatusCode.InternalServerError),
        status?.Reason,
        status?.Message ?? "The watch ended with an error that says nothing.",
        RetryAfter(null, status),
        Causes(status));

    private static List<ApiErrorCause>? Causes(Status? status) =>
        status?.Details?.Causes?.ConvertAll(cause => new ApiErrorCause(cause.Reason, cause.Message, cause.Field));

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, Status? status) =>
        header?.Delta ?? (status?.Details?.RetryAfterSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null);

    private static Status? TryDecode(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KubernetesJson.Options.TypeOf<Status>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length > MaxText ? text[..MaxText] : text;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var kept = new MemoryStream();
        var buffer = new byte[ReadSize];
        while (kept.Length < MaxBody && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            kept.Write(buffer, 0, count);
        }

        return kept.ToArray();
    }
}
