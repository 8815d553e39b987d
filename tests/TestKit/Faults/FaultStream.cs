using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>What a test does to the stream of a watch: cut it, let it fall silent, or put words into the server's mouth.</summary>
public sealed class FaultStream
{
    private readonly TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _last;
    private volatile bool _silent;

    /// <summary>Ends when the stream is open.</summary>
    public Task Opened => _opened.Task;

    /// <summary>The connection breaks: reads fail.</summary>
    public void Break() => _interrupted.TrySetResult();

    /// <summary>The other side is gone and nobody says so: nothing comes any more, and nothing ends.</summary>
    public void Silence()
    {
        _silent = true;
        _interrupted.TrySetResult();
    }

    /// <summary>The stream ends with <paramref name="text"/>, whole or cut off as it is.</summary>
    public void EndWith(string text)
    {
        _last = text;
        _interrupted.TrySetResult();
    }

    internal Stream Around(Stream inner)
    {
        _opened.TrySetResult();
        return new Interrupted(this, inner);
    }

    private sealed class Interrupted(FaultStream owner, Stream inner) : Stream
    {
        private byte[]? _rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // What the server has sent meanwhile is lost with the connection.
            if (!owner._interrupted.Task.IsCompleted)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var read = inner.ReadAsync(buffer, stop.Token).AsTask();
                if (await Task.WhenAny(read, owner._interrupted.Task) == read)
                {
                    return await read;
                }

                await stop.CancelAsync();
                await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return await InterruptAsync(buffer, cancellationToken);
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

        private async Task<int> InterruptAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (owner._silent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            if (owner._last is null)
            {
                throw new IOException("The connection was broken by the test.");
            }

            _rest ??= Encoding.UTF8.GetBytes(owner._last);
            var length = Math.Min(_rest.Length, buffer.Length);
            _rest.AsMemory(0, length).CopyTo(buffer);
            _rest = _rest[length..];
            return length;
        }
    }
}
