using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace GreetingOperator;

// The same operator in several replicas, with logs, metrics and health for those who run it.
public static class ReplicatedOperator
{
    public static async Task RunAsync(ClusterConfig cluster, NamespacedName lease, string podName, string address, CancellationToken stop)
    {
        using var loggers = LoggerFactory.Create(static logging => logging.AddJsonConsole());
        var context = new RuntimeContext { Loggers = loggers };
        using var metrics = new PrometheusExposition(context.Metrics.Meter); // Before the first controller.
        using var client = new KubernetesClient(cluster, wrap: context.Metrics.CountRequests);
        using var elector = new LeaderElector(client, new LeaderElectorOptions { Lease = lease, Identity = podName }, context);
        var manager = GreetingReconciler.Create(client, context, elector);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        await using var web = builder.Build();
        web.MapHealth("healthz", new HealthChecks());
        web.MapHealth("readyz", new HealthChecks().Add("informer-sync", manager.Unsynced));
        web.MapMetrics(metrics);
        await web.StartAsync(stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, web.Lifetime.ApplicationStopping); // The web host takes SIGTERM and Ctrl-C.
        await manager.RunAsync(end.Token); // Throws if the lease is lost: then the process ends.
    }
}
