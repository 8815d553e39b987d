using System.Net;

namespace RunbookOperator.Cluster.Stories;

/// <summary>Stands between an operator and the API server. It counts the operator's writes, and can end the operator after any of them: the
/// write is done, its answer never arrives, and nothing else gets out. That is what a killed process looks like from outside.</summary>
internal sealed class FaultHandler : DelegatingHandler
{
    private readonly int _killAfter;
    private readonly CancellationTokenSource _dead = new();
    private readonly List<string> _writes = [];

    public FaultHandler(HttpMessageHandler inner, int killAfter = int.MaxValue)
        : base(inner) => _killAfter = killAfter;

    /// <summary>While set, every write of the operator is answered with this.</summary>
    public HttpStatusCode? Refuse { get; set; }

    /// <summary>Cancelled when the operator was ended.</summary>
    public CancellationToken Dead => _dead.Token;

    /// <summary>The writes that were done, in order.</summary>
    public IReadOnlyList<string> Writes
    {
        get
        {
            lock (_writes)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>Ends the operator now.</summary>
    public Task KillAsync() => _dead.CancelAsync();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_dead.IsCancellationRequested, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _dead.Token);
        var counted = Counts(request);
        if (counted && Refuse is { } refusal)
        {
            return new HttpResponseMessage(refusal)
            {
                Content = new StringContent($$"""{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Unavailable", "message": "for the test", "code": {{(int)refusal}}}"""),
                RequestMessage = request,
            };
        }

        var response = await base.SendAsync(request, linked.Token);
        if (counted && response.IsSuccessStatusCode && Note($"{request.Method} {request.RequestUri!.AbsolutePath}") == _killAfter)
        {
            await _dead.CancelAsync();
            response.Dispose();
            throw new HttpRequestException("the operator was ended");
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _dead.Dispose();
        }
    }

    // Reviews ask and change nothing; leases and events come by the clock and not by the story.
    private static bool Counts(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get
        && !request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("/events", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("accessreviews", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("webhookconfigurations", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("/secrets", StringComparison.Ordinal);

    private int Note(string write)
    {
        lock (_writes)
        {
            _writes.Add(write);
            return _writes.Count;
        }
    }
}
