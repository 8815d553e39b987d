using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RunbookOperator.Runtime;

/// <summary>The pages that probes and Prometheus read.</summary>
public static class DiagnosticsEndpoints
{
    /// <summary>Adds <c>/NAME</c>, which runs all checks, and <c>/NAME/CHECK</c>, which runs one. 200 and <c>ok</c> if they pass, else 500 and
    /// what does not. <c>?verbose</c> names each check, <c>?exclude=CHECK</c> leaves one out, as with Kubernetes' own components.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="name">Such as <c>readyz</c>.</param>
    /// <param name="checks">The checks.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes, string name, HealthChecks checks)
    {
        routes.MapGet($"/{name}", (HttpContext http) => Answer(name, checks.Run(null, [.. http.Request.Query["exclude"]]), http));
        routes.MapGet($"/{name}/{{check}}", (string check, HttpContext http) => Answer(name, checks.Run(check, []), http));
    }

    /// <summary>Adds <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes, PrometheusExposition metrics) =>
        routes.MapGet("/metrics", () => Results.Text(metrics.Render(), PrometheusText.ContentType));

    private static IResult Answer(string name, HealthReport? report, HttpContext http) => report switch
    {
        null => Results.Text("there is no such check\n", statusCode: StatusCodes.Status404NotFound),
        { Passed: false } => Results.Text(report.Describe(name), statusCode: StatusCodes.Status500InternalServerError),
        _ => Results.Text(http.Request.Query.ContainsKey("verbose") ? report.Describe(name) : "ok"),
    };
}
