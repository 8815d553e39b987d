using System.Buffers;

namespace RunbookOperator.Kubernetes;

/// <summary>The whole body of an answer in a borrowed buffer. A page of a list is more than a megabyte: a new array for each would fill the
/// heap for large objects, which is seldom cleaned.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstSize = 64 << 10;

    private byte[] _buffer;
    private int _length;

    private PooledBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>What came. It belongs to somebody else after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    public static async Task<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // The server's word on the length is only a beginning: it may be compressed, or wrong.
        var body = new PooledBody((int)Math.Clamp(content.Headers.ContentLength + 1 ?? FirstSize, 1, FirstSize));
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            for (int read; (read = await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken)) > 0;)
            {
                body._length += read;
                body.MakeRoom();
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
