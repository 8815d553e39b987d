using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads a watch: one JSON object a line.</summary>
internal static class WatchStream
{
    /// <summary>The longest line read, in bytes. etcd keeps objects well below this.</summary>
    public const int MaxLine = 16 << 20;

    private const int BufferSize = 32 << 10;

    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(
        Stream stream, ObjectDecoder<T> decoder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize));
        // How much of the buffer is known to hold no line end: a long line must not be searched from its start at every read.
        var searched = 0L;
        try
        {
            while (true)
            {
                var result = await ReadAsync(pipe, cancellationToken);
                var buffer = result.Buffer;
                while (TryTakeLine(ref buffer, searched, out var line))
                {
                    searched = 0;
                    if (!line.Span.Trim(" \r\t"u8).IsEmpty)
                    {
                        yield return decoder.DecodeEvent(line);
                    }
                }

                searched = buffer.Length;

                // What follows the last line end was cut off with the connection.
                if (result.IsCompleted)
                {
                    yield break;
                }

                if (buffer.Length > MaxLine)
                {
                    throw new InvalidDataException($"A watch event is longer than {MaxLine} bytes.");
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<ReadResult> ReadAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"The watch broke off: {exception.Message}", exception);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, long searched, out ReadOnlyMemory<byte> line)
    {
        if (buffer.Slice(searched).PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end).ToArray();
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
