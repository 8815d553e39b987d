using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RunbookOperator.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it knows the cluster and its webhooks are registered. Neither depends on who
/// leads: every replica takes alerts.</summary>
internal static class Health
{
    /// <summary>Adds both routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, Func<bool> ready)
    {
        routes.MapGet("/healthz", static () => Results.Text("ok"));
        routes.MapGet("/readyz", () => ready() ? Results.Text("ok") : Results.Text("not ready: the caches are being filled", statusCode: 503));
    }
}
