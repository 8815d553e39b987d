namespace RunbookOperator.Kubernetes;

/// <summary>A connection for one request, whose marked headers become lines of their own. After the head everything passes as it is.</summary>
internal sealed class RepeatedHeaderStream(Stream inner) : Stream
{
    private readonly MemoryStream _head = new();
    private bool _passed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(Ready(buffer.AsMemory(offset, count)).Span);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(Ready(buffer), cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // What may go out: nothing until the head is whole.
    private ReadOnlyMemory<byte> Ready(ReadOnlyMemory<byte> written)
    {
        if (_passed)
        {
            return written;
        }

        _head.Write(written.Span);
        var sofar = _head.GetBuffer().AsSpan(0, (int)_head.Length);
        var end = sofar.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return default;
        }

        _passed = true;
        byte[] ready = [.. RepeatedHeaders.Unmark(sofar[..end]), .. sofar[end..]];
        _head.Dispose();
        return ready;
    }
}
