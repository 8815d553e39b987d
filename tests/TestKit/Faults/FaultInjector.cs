using System.Collections.Concurrent;

namespace RunbookOperator.TestKit;

/// <summary>Stands between a client and a real API server and lets go wrong what a test asks for, one request at a time, in the order asked.
/// At its end it says which faults never happened: a test whose fault did not fire has tested nothing.</summary>
public sealed class FaultInjector
{
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Method, path and query of the requests so far, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A list of anything.</summary>
    public static bool IsList(HttpRequestMessage request) => request.Method == HttpMethod.Get && !IsWatch(request);

    /// <summary>A watch of anything.</summary>
    public static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);

    /// <summary>A page after the first of a list.</summary>
    public static bool IsNextPage(HttpRequestMessage request) => request.RequestUri!.Query.Contains("continue=", StringComparison.Ordinal);

    /// <summary>A change of anything.</summary>
    public static bool IsWrite(HttpRequestMessage request) => request.Method != HttpMethod.Get;

    /// <summary>Adds a fault.</summary>
    public Fault Add(Fault fault)
    {
        _faults.Enqueue(fault);
        return fault;
    }

    /// <summary>Puts this around the way to a server.</summary>
    public HttpMessageHandler Around(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    /// <summary>Throws if a fault has not happened.</summary>
    /// <exception cref="InvalidOperationException">At least one has not.</exception>
    public void EnsureAllFired()
    {
        var silent = _faults.Count(static fault => fault.Count == 0);
        if (silent > 0)
        {
            throw new InvalidOperationException($"{silent} of {_faults.Count} faults did not happen. Requests:\n{string.Join('\n', _requests)}");
        }
    }

    private sealed class Handler(FaultInjector owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            owner._requests.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}");
            if (owner._faults.FirstOrDefault(fault => fault.Takes(request)) is not { } fault)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (fault.Waits)
            {
                await fault.Released.WaitAsync(cancellationToken);
            }

            if (fault.Instead?.Invoke(request) is { } refusal)
            {
                return refusal;
            }

            var answer = await base.SendAsync(request, cancellationToken);
            return fault.Afterwards is { } change ? await change(answer) : answer;
        }
    }
}
