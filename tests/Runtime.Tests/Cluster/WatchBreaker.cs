namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>Stands between a client and the server and breaks the watches that are open.</summary>
internal sealed class WatchBreaker : IDisposable
{
    private CancellationTokenSource _break = new();

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

    /// <summary>Breaks the watches open now; later ones live.</summary>
    public async Task BreakAsync()
    {
        var broken = Interlocked.Exchange(ref _break, new CancellationTokenSource());
        await broken.CancelAsync();
        broken.Dispose();
    }

    public void Dispose() => _break.Dispose();

    private sealed class Handler(WatchBreaker owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var broken = owner._break.Token;
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
            {
                response.Content = new StreamContent(new BreakableStream(await response.Content.ReadAsStreamAsync(cancellationToken), broken));
            }

            return response;
        }
    }

    /// <summary>A stream whose reads fail once it is broken.</summary>
    private sealed class BreakableStream(Stream inner, CancellationToken broken) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, broken);
            try
            {
                return await inner.ReadAsync(buffer, either.Token);
            }
            catch (OperationCanceledException exception) when (broken.IsCancellationRequested)
            {
                throw new IOException("The connection was broken by the test.", exception);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
