using System.Net;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>Servers from 1.26 on, which tell of all kinds in two answers.</summary>
public sealed class AggregatedDiscoveryTests
{
    private static readonly Dictionary<string, string> Server = new()
    {
        ["/base/api"] = """
            {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{},"versions":[{"version":"v1","freshness":"Current","resources":[
              {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","shortNames":["po"],
               "subresources":[{"subresource":"eviction","responseKind":{"group":"policy","version":"v1","kind":"Eviction"}},
                               {"subresource":"log","responseKind":{"group":"","version":"v1","kind":"Pod"}}]},
              {"resource":"nodes","responseKind":{"group":"","version":"","kind":"Node"},"scope":"Cluster","singularResource":"node","shortNames":["no"]}]}]}]}
            """,
        ["/base/apis"] = """
            {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
             {"metadata":{"name":"broken.example"},"versions":[{"version":"v1","freshness":"Stale"}]},
             {"metadata":{"name":"batch"},"versions":[
              {"version":"v1","freshness":"Current","resources":[{"resource":"cronjobs","responseKind":{"group":"batch","version":"v1","kind":"CronJob"},"scope":"Namespaced","singularResource":"cronjob","shortNames":["cj"]}]},
              {"version":"v1beta1","freshness":"Current","resources":[{"resource":"cronjobs","responseKind":{"group":"batch","version":"v1beta1","kind":"CronJob"},"scope":"Namespaced","singularResource":"cronjob"}]}]}]}
            """,
    };

    [Theory]
    [InlineData("cj", null, "batch/v1 cronjobs")]
    [InlineData("CronJob", "batch/v1beta1", "batch/v1beta1 cronjobs")]
    [InlineData("cronjobs.batch", null, "batch/v1 cronjobs")]
    [InlineData("no", null, "v1 nodes")]
    [InlineData("pods/eviction", "v1", "policy/v1 pods/eviction")]
    public async Task Two_requests_tell_of_everything(string kind, string? apiVersion, string expected)
    {
        using var wire = new Wire(Answer, new ManualTimeProvider());
        await wire.Client.DiscoverAsync("cj", null, CancellationToken.None);

        var found = await wire.Client.DiscoverAsync(kind, apiVersion, CancellationToken.None);

        Assert.Equal(expected, $"{found!.ApiVersion} {found.Plural}");
        Assert.Equal(kind != "no", found.Namespaced);
        Assert.Equal(["GET /base/api", "GET /base/apis"], wire.Handler.Requests.Select(request => request.Line));
        Assert.All(wire.Handler.Requests, request => Assert.StartsWith(
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", request.Headers["Accept"].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_whose_server_is_down_hides_nothing_else_and_says_so_when_named()
    {
        using var wire = new Wire(Answer, new ManualTimeProvider());

        Assert.NotNull(await wire.Client.DiscoverAsync("CronJob", null, CancellationToken.None));

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.DiscoverAsync("Thing", "broken.example/v1", CancellationToken.None));
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_kind_of_a_named_group_whose_server_is_down_is_not_said_to_be_absent()
    {
        using var wire = new Wire(Answer, new ManualTimeProvider());

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.DiscoverAsync("things.broken.example", null, CancellationToken.None));

        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_kind_that_is_not_there_is_looked_for_once_more_in_newer_answers()
    {
        var time = new ManualTimeProvider();
        using var wire = new Wire(Answer, time);
        Assert.Null(await wire.Client.DiscoverAsync("Widget", null, CancellationToken.None));
        Assert.Equal(2, wire.Handler.Requests.Count);
        time.Advance(Discovery.AbsenceLifetime);

        Assert.Null(await wire.Client.DiscoverAsync("Widget", null, CancellationToken.None));

        Assert.Equal(4, wire.Handler.Requests.Count);
    }

    private static HttpResponseMessage Answer(WireRequest request) =>
        request.Uri.AbsolutePath.Contains("broken", StringComparison.Ordinal) ? WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")
        : Server.TryGetValue(request.Uri.AbsolutePath, out var json) ? WireHandler.Json(json)
        : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
}
