using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

/// <summary>A server that answers each list and each watch with what the test has laid out for it, and waits if there is nothing yet.</summary>
internal sealed class ScriptedServer
{
    private readonly Channel<HttpResponseMessage> _lists = Channel.CreateUnbounded<HttpResponseMessage>();
    private readonly Channel<HttpResponseMessage> _watches = Channel.CreateUnbounded<HttpResponseMessage>();

    public ScriptedServer() => Handler = new WireHandler((request, cancellationToken) =>
        (request.Uri.Query.Contains("watch=true", StringComparison.Ordinal) ? _watches : _lists).Reader.ReadAsync(cancellationToken).AsTask());

    public WireHandler Handler { get; }

    /// <summary>The versions that watches began at, in order.</summary>
    public IEnumerable<string> WatchedFrom => Handler.Requests
        .Where(request => request.Uri.Query.Contains("watch=true", StringComparison.Ordinal))
        .Select(request => System.Web.HttpUtility.ParseQueryString(request.Uri.Query)["resourceVersion"]!);

    public ScriptedServer List(string version, params string[] items) => Page(version, null, items);

    public ScriptedServer Page(string version, string? next, params string[] items)
    {
        var token = next is null ? "" : $",\"continue\":\"{next}\"";
        _lists.Writer.TryWrite(WireHandler.Json($$"""{"metadata":{"resourceVersion":"{{version}}"{{token}}},"items":[{{string.Join(',', items)}}]}"""));
        return this;
    }

    public ScriptedServer RefuseList(HttpStatusCode code, string reason, int? retryAfter = null)
    {
        var refusal = WireHandler.Refusal(code, reason);
        refusal.Headers.RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
        _lists.Writer.TryWrite(refusal);
        return this;
    }

    public ScriptedServer RefuseWatch(HttpStatusCode code, string reason)
    {
        _watches.Writer.TryWrite(WireHandler.Refusal(code, reason));
        return this;
    }

    /// <summary>A watch that stays open until the test ends it.</summary>
    public PipeWriter Watch()
    {
        var pipe = new Pipe();
        _watches.Writer.TryWrite(WireHandler.Streaming(pipe));
        return pipe.Writer;
    }

    public static string Item(string name, string version, string data = "{}") =>
        $$"""{"metadata":{"name":"{{name}}","namespace":"shop","uid":"u","resourceVersion":"{{version}}"},"data":{{data}}}""";
}

internal static class PipeWriterExtensions
{
    public static async Task SendAsync(this PipeWriter writer, string type, string json) =>
        await writer.WriteAsync(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":{{json}}}""" + "\n"));
}
