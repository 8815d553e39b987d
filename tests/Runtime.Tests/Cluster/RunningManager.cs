using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>A manager at work, until it is disposed of.</summary>
internal sealed class RunningManager : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly KubernetesClient _client;
    private readonly Task _run;

    private RunningManager(Manager manager, KubernetesClient client)
    {
        Manager = manager;
        _client = client;
        _run = manager.RunAsync(_stop.Token);
    }

    public Manager Manager { get; }

    /// <summary>Starts it; the client is its own from now on. Returns when its controllers work.</summary>
    public static async Task<RunningManager> StartAsync(Manager manager, KubernetesClient client)
    {
        var running = new RunningManager(manager, client);
        await manager.Started;
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _client.Dispose();
    }
}
