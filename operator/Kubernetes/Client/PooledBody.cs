using System.Buffers;

namespace RunbookOperator.Kubernetes;

/// <summary>The whole body of an answer in a borrowed buffer. A page of a list is more than a megabyte: a new array for each would fill the
/// heap for large objects, which is seldom cleaned.</summary>
internal sealed class PooledBody : IDisposable
{
    // The shared pool keeps what each thread returns. That is right for small buffers; of large ones it would hold tens of megabytes for
    // a list that is done with. So of those one is kept, and only until the garbage collector wants it.
    private const int LargestShared = 64 << 10;

    private static WeakReference<byte[]>? _spare;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(LargestShared);
    private int _length;

    private PooledBody()
    {
    }

    /// <summary>What came. It belongs to somebody else after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    public static async Task<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var body = new PooledBody();
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
        Return(Interlocked.Exchange(ref _buffer, []));
        _length = 0;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        var larger = RentLarge(checked(_buffer.Length * 2));
        _buffer.CopyTo(larger, 0);
        Return(_buffer);
        _buffer = larger;
    }

    private static byte[] RentLarge(int size) =>
        Interlocked.Exchange(ref _spare, null) is { } spare && spare.TryGetTarget(out var buffer) && buffer.Length >= size
            ? buffer
            : GC.AllocateUninitializedArray<byte>(size);

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > LargestShared)
        {
            Volatile.Write(ref _spare, new WeakReference<byte[]>(buffer));
        }
        else
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
