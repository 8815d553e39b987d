using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Leads by a Lease, as client-go does: one process at a time, as long as clocks run at about the same speed.</summary>
public sealed class LeaderElector : ILeadership, IDisposable
{
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
        if (options.RenewDeadline >= options.LeaseDuration || options.RetryPeriod >= options.RenewDeadline)
        {
            throw new ArgumentException("RetryPeriod < RenewDeadline < LeaseDuration must hold.", nameof(options));
        }

        _options = options;
        _context = context;
        _lease = new LeaseLock(client, options, context.Time);
        _logger = context.Loggers.CreateLogger<LeaderElector>();
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
            if (_renewedAt is null)
            {
                return;
            }

            _renewedAt = null;
        }

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

    private TimeSpan Elapsed() => _context.Time.GetElapsedTime(_renewedAt ?? 0);

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(_options.RetryPeriod * (1 + (0.2 * _context.Jitter())), _context.Time, cancellationToken);
}
