namespace RunbookOperator.Faults;

/// <summary>Keeps one operator running, as a kubelet does: whenever it has ended, another is started.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Task<Replica>> _start;
    private Replica _current;
    private Task _watching = Task.CompletedTask;
    private int _restarts;

    private Supervisor(Replica first, Func<Task<Replica>> start) => (_current, _start) = (first, start);

    /// <summary>The one that runs, or ran last.</summary>
    public Replica Current => Volatile.Read(ref _current);

    /// <summary>How often another was started.</summary>
    public int Restarts => _restarts;

    public static async Task<Supervisor> StartAsync(Func<Task<Replica>> start)
    {
        var supervisor = new Supervisor(await start(), start);
        await supervisor.Current.Process.ReadyAsync();
        supervisor._watching = Task.Run(supervisor.WatchAsync);
        return supervisor;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Current.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Current.Process.ExitAsync().WaitAsync(_stop.Token);
            await Current.DisposeAsync();
            Interlocked.Increment(ref _restarts);
            Volatile.Write(ref _current, await _start());
        }
    }
}
