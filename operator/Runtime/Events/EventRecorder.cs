using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Records events of events.k8s.io/v1 in the background.</summary>
public sealed class EventRecorder : IEventRecorder, IAsyncDisposable
{
    /// <summary>How many events may wait; more are dropped and counted.</summary>
    public const int Capacity = 1000;

    /// <summary>How often the API server is asked to take one event.</summary>
    public const int Attempts = 3;

    /// <summary>How long between two attempts.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<Message> _channel =
        Channel.CreateBounded<Message>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly EventSink _sink;
    private readonly RuntimeContext _context;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Makes it, and begins to send what is recorded.</summary>
    public EventRecorder(IKubernetesClient client, EventRecorderOptions options, RuntimeContext context)
    {
        _sink = new EventSink(client, options, context.Time);
        _context = context;
        _logger = context.Loggers.CreateLogger<EventRecorder>();
        _loop = Task.Run(LoopAsync);
    }

    /// <inheritdoc/>
    public void Event(ObjectReference regarding, EventType type, string reason, string action, string note)
    {
        var notice = new EventNotice(regarding, type, reason, action, EventNotice.Cut(note));
        if (!_channel.Writer.TryWrite(new Message(notice, null)))
        {
            _context.Metrics.EventsDropped.Add(1);
            RuntimeLog.EventDropped(_logger, reason, regarding.Kind, notice.Key);
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _channel.Writer.WriteAsync(new Message(null, flushed), cancellationToken);
        await flushed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops at once; call <see cref="FlushAsync"/> first to lose nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (message.Notice is { } notice)
            {
                await SendAsync(notice);
            }

            message.Flushed?.TrySetResult();
        }
    }

    private async Task SendAsync(EventNotice notice)
    {
        for (var attempt = 1; !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                await _sink.RecordAsync(notice, _stop.Token);
                return;
            }
            catch (Exception exception) when (attempt < Attempts && IsTransient(exception))
            {
                await Task.Delay(RetryDelay, _context.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                _context.Metrics.EventsDropped.Add(1);
                RuntimeLog.EventFailed(_logger, notice.Reason, notice.Regarding.Kind, notice.Key, exception);
                return;
            }
        }
    }

    private static bool IsTransient(Exception exception) => exception is HttpRequestException or ApiException { IsTransient: true };

    private sealed record Message(EventNotice? Notice, TaskCompletionSource? Flushed);
}
