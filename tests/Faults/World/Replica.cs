using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>One operator process, behind a proxy of its own.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly OperatorProcess _process;

    private Replica(FaultProxy proxy, OperatorProcess process) => (Proxy, _process) = (proxy, process);

    public FaultProxy Proxy { get; }

    public OperatorProcess Process => _process;

    /// <summary>Starts one.</summary>
    /// <param name="bench">The cluster.</param>
    /// <param name="rule">What the proxy does from the first request on. Default nothing.</param>
    /// <param name="lease">How long a lease lasts. Default 15s, as it is shipped.</param>
    public static async Task<Replica> StartAsync(Bench bench, Func<ProxiedRequest, ProxyRule>? rule = null, string lease = "15s")
    {
        var proxy = new FaultProxy(ClusterConfig.FromKubeconfig([bench.Cluster.Kubeconfig]));
        if (rule is not null)
        {
            proxy.Rule = rule;
        }

        var kubeconfig = await Permissions.KubeconfigAsync(proxy.Address);
        return new Replica(proxy, OperatorProcess.Start(kubeconfig, new Dictionary<string, string> { ["leaseDuration"] = lease }, bench.Folder));
    }

    /// <summary>Frees the lease of a process that is known to be dead, so that the next need not wait for it.</summary>
    public static async Task FreeLeaseAsync(Bench bench)
    {
        try
        {
            await bench.Client.DeleteAsync<Lease>(new NamespacedName(Permissions.Namespace, "runbook-operator"), null, CancellationToken.None);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // It held none.
        }
    }

    /// <summary>Whether it holds the lease, as the cluster says.</summary>
    public async Task<bool> LeadsAsync(Bench bench) =>
        (await bench.Client.FindAsync<Lease>(new NamespacedName(Permissions.Namespace, "runbook-operator"), CancellationToken.None))
            ?.Spec?.HolderIdentity?.StartsWith(_process.Identity + "_", StringComparison.Ordinal) == true;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
