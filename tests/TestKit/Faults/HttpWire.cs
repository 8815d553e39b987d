using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>One side of a connection that speaks HTTP/1.1, as far as the API server and its clients use it.</summary>
internal sealed class HttpWire(Socket socket, Stream stream) : IDisposable
{
    private const int MaxHead = 64 << 10;

    private byte[] _buffer = new byte[32 << 10];
    private int _start;
    private int _end;

    /// <summary>Whether the other side has closed it, as far as is known here.</summary>
    public bool IsClosed => _start == _end && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>Reads a head; null at the end of the connection.</summary>
    public async Task<HttpHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                var head = HttpHead.Parse(_buffer.AsSpan(_start, at));
                _start += at + 4;
                return head;
            }

            if (_end - _start > MaxHead || !await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>Reads the whole body of an answer or request.</summary>
    public async Task<byte[]> ReadBodyAsync(HttpHead head, CancellationToken cancellationToken)
    {
        if (!head.IsChunked)
        {
            return await ReadExactlyAsync(head.ContentLength ?? 0, cancellationToken);
        }

        using var body = new MemoryStream();
        while (await ReadChunkAsync(cancellationToken) is { Length: > 0 } chunk)
        {
            body.Write(chunk);
        }

        return body.ToArray();
    }

    /// <summary>Reads a chunk: empty at the regular end of the body, null where the connection ends before.</summary>
    public async Task<byte[]?> ReadChunkAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) is not { } line)
        {
            return null;
        }

        var size = int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = await ReadExactlyAsync(size, cancellationToken);
        _ = await ReadLineAsync(cancellationToken);
        return chunk;
    }

    public async Task WriteAsync(HttpHead head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // In one piece: what is cut off is cut off by a rule and not by chance.
        await stream.WriteAsync((byte[])[.. head.ToBytes(), .. body.Span], cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public async Task WriteChunkAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        var size = Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n");
        await stream.WriteAsync((byte[])[.. size, .. chunk.Span, .. "\r\n"u8], cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the connection as a machine does that went away: with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var result = new byte[length];
        var have = 0;
        while (have < length)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                throw new EndOfStreamException();
            }

            var take = Math.Min(length - have, _end - _start);
            _buffer.AsSpan(_start, take).CopyTo(result.AsSpan(have));
            (_start, have) = (_start + take, have + take);
        }

        return result;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (at >= 0)
            {
                var line = Encoding.ASCII.GetString(_buffer, _start, at);
                _start += at + 2;
                return line;
            }

            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }
}
