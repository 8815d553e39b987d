using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>Ends an operator at one of its writes: before the API server hears of it, or when it is stored and the operator does not know yet.</summary>
internal sealed class Trap(int write, bool after, Action kill)
{
    private readonly TaskCompletionSource<ProxiedRequest> _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writes;

    /// <summary>Ends when it has sprung, with the write.</summary>
    public Task<ProxiedRequest> Sprung => _sprung.Task;

    /// <summary>For the proxy.</summary>
    public ProxyRule Look(ProxiedRequest request)
    {
        if (_sprung.Task.IsCompleted)
        {
            return new ProxyRule { Drop = true };
        }

        if (!request.IsWrite || Interlocked.Increment(ref _writes) != write)
        {
            return ProxyRule.Pass;
        }

        return after
            ? new ProxyRule { After = () => Spring(request), Drop = true, Commit = true }
            : new ProxyRule { Before = () => Spring(request), Drop = true };
    }

    private Task Spring(ProxiedRequest request)
    {
        kill();
        _sprung.TrySetResult(request);
        return Task.CompletedTask;
    }
}
