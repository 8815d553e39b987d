using System.Net;

namespace RunbookOperator.Kubernetes;

/// <summary>The connections of one certificate: those that are shared, and one a request for the few that .NET cannot write by itself.</summary>
/// <param name="create">Makes a handler.</param>
internal sealed class Transport(Func<SocketsHttpHandler> create) : IDisposable
{
    private readonly HttpMessageInvoker _shared = new(create());
    private readonly Lazy<HttpMessageInvoker> _single = new(() => new HttpMessageInvoker(Single(create())));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!RepeatedHeaders.Mark(request))
        {
            return _shared.SendAsync(request, cancellationToken);
        }

        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return _single.Value.SendAsync(request, cancellationToken);
    }

    public void Dispose()
    {
        _shared.Dispose();
        if (_single.IsValueCreated)
        {
            _single.Value.Dispose();
        }
    }

    private static SocketsHttpHandler Single(SocketsHttpHandler handler)
    {
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new RepeatedHeaderStream(context.PlaintextStream));
        return handler;
    }
}
