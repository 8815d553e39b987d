using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads a watch: one JSON object a line.</summary>
internal static class WatchStream
{
    /// <summary>The longest line read, in bytes. etcd keeps objects well below this.</summary>
    public const int MaxLine = 16 << 20;

    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(
        Stream stream, ObjectDecoder<T> decoder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                var result = await ReadAsync(pipe, cancellationToken);
                var buffer = result.Buffer;
                while (TryTakeLine(ref buffer, out var line))
                {
                    yield return decoder.DecodeEvent(line);
                }

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

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> line)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end).ToArray();
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (!line.Span.Trim(" \r\t"u8).IsEmpty)
            {
                return true;
            }
        }

        line = default;
        return false;
    }
}
