using Microsoft.AspNetCore.Routing;
using RunbookOperator.Admission;
using RunbookOperator.Runtime;

namespace RunbookOperator.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it knows the cluster and its webhooks are registered. Neither depends on who
/// leads: every replica takes alerts. <c>/metrics</c>: what it has counted.</summary>
internal sealed class Diagnostics(Manager manager, WebhookRegistration registration, PrometheusExposition metrics)
{
    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var ready = new HealthChecks()
            .Add("informer-sync", manager.Unsynced)
            .Add("webhooks", () => registration.Certificate is null ? "not registered yet" : null);
        routes.MapHealth("healthz", new HealthChecks());
        routes.MapHealth("readyz", ready);
        routes.MapMetrics(metrics);
    }
}
