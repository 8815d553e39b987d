using System.Net;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class DiscoveryTests
{
    private static readonly Dictionary<string, string> Server = new()
    {
        ["/base/apis"] = """
            {"groups":[{"name":"broken.example","preferredVersion":{"version":"v1"}},{"name":"apps","preferredVersion":{"version":"v1"}}]}
            """,
        ["/base/api/v1"] = """
            {"resources":[{"name":"pods","kind":"Pod","singularName":"","namespaced":true,"shortNames":["po"]},{"name":"pods/log","kind":"Pod","namespaced":true}]}
            """,
        ["/base/apis/apps/v1"] = """
            {"resources":[{"name":"deployments","kind":"Deployment","singularName":"deployment","namespaced":true,"shortNames":["deploy"]},
            {"name":"deployments/scale","kind":"Scale","namespaced":true}]}
            """,
    };

    [Theory]
    [InlineData("Deployment", null, "deployments.apps")]
    [InlineData("deployments", null, "deployments.apps")]
    [InlineData("deploy", null, "deployments.apps")]
    [InlineData("deployments.apps", null, "deployments.apps")]
    [InlineData("Deployment", "apps/v1", "deployments.apps")]
    [InlineData("Pod", "v1", "pods")]
    [InlineData("Pod", "apps/v1", null)]
    [InlineData("Scale", null, null)]
    [InlineData("Deployment", "apps/v9", null)]
    public async Task A_kind_is_found_by_all_its_names(string kind, string? apiVersion, string? expected)
    {
        using var wire = new Wire(Answer);

        var found = await wire.Client.DiscoverAsync(kind, apiVersion, CancellationToken.None);

        Assert.Equal(expected, found?.GroupResource);
    }

    [Fact]
    public async Task What_the_server_said_is_asked_for_once()
    {
        using var wire = new Wire(Answer, new ManualTimeProvider());
        await wire.Client.DiscoverAsync("Pod", "v1", CancellationToken.None);

        await wire.Client.As(new Impersonation("jane", [])).DiscoverAsync("po", "v1", CancellationToken.None);

        Assert.Single(wire.Handler.Requests);
    }

    [Fact]
    public async Task A_kind_that_was_absent_is_looked_for_again_soon()
    {
        var time = new ManualTimeProvider();
        using var wire = new Wire(Answer, time);
        Assert.Null(await wire.Client.DiscoverAsync("Service", "v1", CancellationToken.None));
        time.Advance(Discovery.AbsenceLifetime);

        await wire.Client.DiscoverAsync("Service", "v1", CancellationToken.None);

        Assert.Equal(2, wire.Handler.Requests.Count);
    }

    private static HttpResponseMessage Answer(WireRequest request) =>
        request.Uri.AbsolutePath.Contains("broken", StringComparison.Ordinal) ? WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")
        : Server.TryGetValue(request.Uri.AbsolutePath, out var json) ? WireHandler.Json(json)
        : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
}
