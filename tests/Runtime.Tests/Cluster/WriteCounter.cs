namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>Counts what clients ask the server to change.</summary>
internal sealed class WriteCounter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    private sealed class Handler(WriteCounter owner) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
            {
                Interlocked.Increment(ref owner._count);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
