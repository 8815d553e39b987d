using System.Net.WebSockets;

namespace RunbookOperator.Kubernetes;

/// <summary>Speaks v4 and v5 of channel.k8s.io: each message begins with the number of its channel.</summary>
internal sealed class ExecSession(WebSocket socket, ExecOptions options) : IDisposable
{
    /// <summary>How much of the status is read, in bytes.</summary>
    public const int MaxStatus = 64 << 10;

    private const byte InputChannel = 0;
    private const byte OutputChannel = 1;
    private const byte ErrorChannel = 2;
    private const byte StatusChannel = 3;
    // v5 only: the stream named by the next byte is at its end.
    private const byte CloseChannel = 255;
    private const int BufferSize = 32 << 10;

    private readonly MemoryStream _status = new();
    private readonly BoundedWriter _output = new(options.Output, options.MaximumBytes);
    private readonly BoundedWriter _error = new(options.Error, options.MaximumBytes);

    public async Task<ExecResult> RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = options.Input is { } stream ? SendInputAsync(stream, ended.Token) : Task.CompletedTask;
        try
        {
            await ReceiveAsync(cancellationToken);
        }
        catch (WebSocketException exception)
        {
            throw new HttpRequestException($"The connection to the container broke: {exception.Message}", exception);
        }
        finally
        {
            // The program need not read all of its input: what is left is of no interest once it has ended.
            await ended.CancelAsync();
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (input is { IsFaulted: true, Exception.InnerException: not WebSocketException })
        {
            await input;
        }

        return new ExecResult(ExecStatus.ExitCode(_status.ToArray()), _output.IsTruncated || _error.IsTruncated);
    }

    public void Dispose() => _status.Dispose();

    private async Task SendInputAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        buffer[0] = InputChannel;
        while (await stream.ReadAsync(buffer.AsMemory(1), cancellationToken) is > 0 and var count)
        {
            await SendAsync(buffer.AsMemory(0, count + 1), cancellationToken);
        }

        if (socket.SubProtocol?.StartsWith("v5.", StringComparison.Ordinal) == true)
        {
            await SendAsync(new byte[] { CloseChannel, InputChannel }, cancellationToken);
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var begins = true;
        byte channel = 0;
        while (true)
        {
            var frame = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (frame.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            var content = buffer.AsMemory(0, frame.Count);
            if (begins && frame.Count > 0)
            {
                (channel, content, begins) = (buffer[0], content[1..], false);
            }

            await TakeAsync(channel, content, cancellationToken);
            begins |= frame.EndOfMessage;
        }
    }

    private async ValueTask TakeAsync(byte channel, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        switch (channel)
        {
            case OutputChannel:
                await _output.WriteAsync(content, cancellationToken);
                break;
            case ErrorChannel:
                await _error.WriteAsync(content, cancellationToken);
                break;
            case StatusChannel when _status.Length + content.Length <= MaxStatus:
                _status.Write(content.Span);
                break;
            case StatusChannel:
                throw new InvalidDataException($"The status of the program is longer than {MaxStatus} bytes.");
            default:
                // A later version of the protocol may have more channels; what they say cannot change how the program ended.
                break;
        }
    }
}
