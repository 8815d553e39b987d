using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Leads by a Lease, as client-go does: one process at a time, as long as clocks run at about the same speed.</summary>
public sealed class LeaderElector : ILeadership, IDisposable
{
    /// <summary>By what part of itself the time between two tries may be longer.</summary>
    public const double RetrySpread = 0.2;

    private readonly LeaderElectorOptions _options;
    private readonly RuntimeContext _context;
    private readonly LeaseLock _lease;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _leading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lost = new();
    // The timestamp taken before the last successful request was sent; null while not leading.
    private long? _renewedAt;

    /// <summary>Makes it. Nothing happens before <see cref="RunAsync"/>.</summary>
    public LeaderElector(IKubernetesClient client, LeaderElectorOptions options, RuntimeContext context)
    {
        if (options.RetryPeriod <= TimeSpan.Zero
            || options.RetryPeriod * (1 + RetrySpread) >= options.RenewDeadline
            || options.RenewDeadline >= options.LeaseDuration)
        {
            throw new ArgumentException($"0 < RetryPeriod * {1 + RetrySpread} < RenewDeadline < LeaseDuration must hold.", nameof(options));
        }

        if (options.Identity.Length == 0)
        {
            throw new ArgumentException("Who has no identity cannot hold a lease.", nameof(options));
        }

        _options = options;
        _context = context;
        _lease = new LeaseLock(client, options, context.Time);
        _logger = context.Loggers.CreateLogger<LeaderElector>();
        Tell(leading: false);
    }

    /// <inheritdoc/>
    public bool IsLeader => Remaining > TimeSpan.Zero;

    /// <inheritdoc/>
    public TimeSpan Remaining
    {
        get
        {
            lock (_leading)
            {
                var left = _renewedAt is { } since ? _options.LeaseDuration - _context.Time.GetElapsedTime(since) : TimeSpan.Zero;
                return left > TimeSpan.Zero && !_lost.IsCancellationRequested ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Cancelled when the lease was lost. Stopping does not cancel it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken cancellationToken) => _leading.Task.WaitAsync(cancellationToken);

    /// <summary>Tries to lead, then renews until cancelled, and then releases the lease. Cancel it only when nothing acts any more.</summary>
    /// <exception cref="LeadershipLostException">The lease was lost.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryAsync(_options.RenewDeadline, cancellationToken))
            {
                await PauseAsync(cancellationToken);
            }

            RuntimeLog.LeadershipAcquired(_logger, _options.Identity, _options.Lease);
            Tell(leading: true);
            _leading.TrySetResult();
            await RenewAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReleaseAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await PauseAsync(cancellationToken);
            var left = _options.RenewDeadline - Elapsed();
            if (left > TimeSpan.Zero && await TryAsync(left, cancellationToken))
            {
                continue;
            }

            if (Elapsed() >= _options.RenewDeadline || _held is false)
            {
                await _lost.CancelAsync();
                Tell(leading: false);
                RuntimeLog.LeadershipLost(_logger, _options.Identity, _options.Lease);
                throw new LeadershipLostException($"The lease {_options.Lease} was not renewed within {_options.RenewDeadline}, or was taken.");
            }
        }
    }

    // Whether the last answer said that the lease is ours; null if there was no answer.
    private bool? _held;

    private async Task<bool> TryAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var before = _context.Time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, _context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            _held = null;
            _held = await _lease.TryAcquireAsync(linked.Token);
            if (_held is true)
            {
                lock (_leading)
                {
                    _renewedAt = before;
                }
            }

            return _held is true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            RuntimeLog.LeaseFailed(_logger, _options.Lease, exception);
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        lock (_leading)
        {
            // A try that was cut off may have taken the lease all the same.
            if (_renewedAt is null && _held is not null)
            {
                return;
            }

            _renewedAt = null;
        }

        Tell(leading: false);

        try
        {
            using var deadline = new CancellationTokenSource(_options.RetryPeriod, _context.Time);
            if (await _lease.ReleaseAsync(deadline.Token))
            {
                RuntimeLog.LeadershipReleased(_logger, _options.Identity, _options.Lease);
            }
        }
        catch (Exception exception)
        {
            // It runs out by itself.
            RuntimeLog.LeaseFailed(_logger, _options.Lease, exception);
        }
    }

    private void Tell(bool leading) =>
        _context.Metrics.Leading.Record(leading ? 1 : 0, new KeyValuePair<string, object?>("name", _options.Lease.Name));

    private TimeSpan Elapsed() => _context.Time.GetElapsedTime(_renewedAt ?? 0);

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(_options.RetryPeriod * (1 + (RetrySpread * _context.Jitter())), _context.Time, cancellationToken);
}
