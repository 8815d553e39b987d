using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>Stands on the wire in place of a server, for what a real one will not do on demand: broken streams, odd bytes, rare errors.</summary>
/// <param name="answer">Answers one request.</param>
public sealed class WireHandler(Func<WireRequest, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<WireRequest> _requests = new();

    /// <summary>Answers every request alike.</summary>
    public WireHandler(Func<WireRequest, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    /// <summary>An answer with a JSON body.</summary>
    public static HttpResponseMessage Json(string body, HttpStatusCode code = HttpStatusCode.OK) =>
        new(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>A refusal, as the API server words it.</summary>
    public static HttpResponseMessage Refusal(HttpStatusCode code, string reason) =>
        Json($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"refused","reason":"{{reason}}","code":{{(int)code}}}""", code);

    /// <summary>An answer whose body is what is written to <paramref name="pipe"/>, as it is written.</summary>
    public static HttpResponseMessage Streaming(Pipe pipe) => new(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join('|', header.Value), StringComparer.OrdinalIgnoreCase);
        var seen = new WireRequest(request.Method.Method, request.RequestUri!, body, request.Content?.Headers.ContentType?.ToString(), headers);
        _requests.Enqueue(seen);
        return await answer(seen, cancellationToken);
    }
}

/// <summary>A request, as it went over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Uri">The whole address.</param>
/// <param name="Body">The body as text; empty if there is none.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Headers">The headers; several values are joined by a bar.</param>
public sealed record WireRequest(string Method, Uri Uri, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Method, path and query.</summary>
    public string Line => $"{Method} {Uri.PathAndQuery}";
}
