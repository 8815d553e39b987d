using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunbookOperator.TestKit;

/// <summary>A stream of changes that passes through a <see cref="FaultProxy"/>.</summary>
public sealed class ProxiedWatch : IDisposable
{
    private static readonly byte[] Expired = Encoding.UTF8.GetBytes(
        """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n");

    private readonly CancellationTokenSource _broken = new();
    private readonly HttpWire _client;
    private TaskCompletionSource _held = new();
    private volatile WatchFault _fault;
    private (string? ApiVersion, string? Kind, string? Version) _last;

    internal ProxiedWatch(ProxiedRequest request, HttpWire client, WatchFault fault)
    {
        Request = request;
        _client = client;
        _fault = fault;
    }

    /// <summary>What opened it.</summary>
    public ProxiedRequest Request { get; }

    /// <summary>What happens to it from now on. <see cref="WatchFault.None"/> lifts what can be lifted.</summary>
    public async Task BreakAsync(WatchFault fault)
    {
        _fault = fault;
        if (fault == WatchFault.Gone)
        {
            await _client.WriteChunkAsync(Expired, CancellationToken.None);
            await _broken.CancelAsync();
        }
        else if (fault == WatchFault.Truncated)
        {
            await _client.WriteChunkAsync(Encoding.UTF8.GetBytes("{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Run"), CancellationToken.None);
            await _broken.CancelAsync();
        }
        else if (fault is WatchFault.Reset or WatchFault.Bookmark)
        {
            if (fault == WatchFault.Bookmark)
            {
                await _client.WriteChunkAsync(Encoding.UTF8.GetBytes(Bookmark()), CancellationToken.None);
            }

            _client.Reset();
            await _broken.CancelAsync();
        }

        Interlocked.Exchange(ref _held, new TaskCompletionSource()).TrySetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => _broken.Dispose();

    /// <summary>Hands events on until either side ends or a fault ends it.</summary>
    internal async Task RelayAsync(HttpWire server, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _broken.Token);
        if (_fault == WatchFault.Gone)
        {
            await _client.WriteChunkAsync(Expired, cancellationToken);
            return;
        }

        while (await server.ReadChunkAsync(linked.Token) is { Length: > 0 } chunk)
        {
            while (_fault == WatchFault.Held)
            {
                await _held.Task.WaitAsync(linked.Token);
            }

            if (_fault != WatchFault.Silent)
            {
                await _client.WriteChunkAsync(chunk, linked.Token);
                Remember(chunk);
            }
        }

        if (_fault is WatchFault.Silent)
        {
            // The far side is long gone and nobody said so.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, linked.Token);
        }

        await _client.WriteChunkAsync(ReadOnlyMemory<byte>.Empty, linked.Token);
    }

    // Of the last object that passed, what a bookmark needs.
    private void Remember(byte[] chunk)
    {
        try
        {
            var seen = JsonNode.Parse(chunk)?["object"];
            if ((string?)seen?["metadata"]?["resourceVersion"] is { } version)
            {
                _last = ((string?)seen["apiVersion"], (string?)seen["kind"], version);
            }
        }
        catch (JsonException)
        {
            // More than one event, or a part of one.
        }
    }

    private string Bookmark()
    {
        var (apiVersion, kind, version) = _last;
        return version is null
            ? ""
            : new JsonObject
            {
                ["type"] = "BOOKMARK",
                ["object"] = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject { ["resourceVersion"] = version } },
            }.ToJsonString() + "\n";
    }
}
