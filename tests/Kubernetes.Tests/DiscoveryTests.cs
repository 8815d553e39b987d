using System.Net;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>Servers before 1.26, asked version by version.</summary>
public sealed class DiscoveryTests
{
    private static readonly Dictionary<string, string> Server = new()
    {
        ["/base/api"] = """{"kind":"APIVersions","versions":["v1"]}""",
        ["/base/apis"] = """
            {"kind":"APIGroupList","groups":[
             {"name":"broken.example","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"}]},
             {"name":"nonsense.example","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"}]},
             {"name":"apps","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"}]},
             {"name":"autoscaling","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"},{"version":"v2beta2"}]},
             {"name":"batch","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"},{"version":"v1beta1"}]}]}
            """,
        ["/base/api/v1"] = """
            {"resources":[{"name":"pods","kind":"Pod","singularName":"","namespaced":true,"shortNames":["po"]},{"name":"pods/log","kind":"Pod","namespaced":true},
            {"name":"pods/eviction","kind":"Eviction","namespaced":true,"group":"policy","version":"v1beta1"}]}
            """,
        ["/base/apis/nonsense.example/v1"] = "<html>",
        ["/base/apis/apps/v1"] = """
            {"resources":[{"name":"deployments","kind":"Deployment","singularName":"deployment","namespaced":true,"shortNames":["deploy"]},
            {"name":"deployments/scale","kind":"Scale","namespaced":true,"group":"autoscaling","version":"v1"}]}
            """,
        ["/base/apis/autoscaling/v1"] = """{"resources":[{"name":"horizontalpodautoscalers","kind":"HorizontalPodAutoscaler","namespaced":true}]}""",
        ["/base/apis/autoscaling/v2beta2"] = """{"resources":[{"name":"horizontalpodautoscalers","kind":"HorizontalPodAutoscaler","namespaced":true}]}""",
        ["/base/apis/batch/v1"] = """{"resources":[{"name":"jobs","kind":"Job","namespaced":true}]}""",
        ["/base/apis/batch/v1beta1"] = """{"resources":[{"name":"cronjobs","kind":"CronJob","namespaced":true,"shortNames":["cj"]}]}""",
    };

    [Theory]
    [InlineData("Deployment", null, "apps/v1 deployments")]
    [InlineData("deployments", null, "apps/v1 deployments")]
    [InlineData("deploy", null, "apps/v1 deployments")]
    [InlineData("deployments.apps", null, "apps/v1 deployments")]
    [InlineData("Deployment", "apps/v1", "apps/v1 deployments")]
    [InlineData("Pod", "v1", "v1 pods")]
    [InlineData("Pod", "apps/v1", null)]
    [InlineData("Scale", null, null)]
    [InlineData("Deployment", "apps/v9", null)]
    [InlineData("CronJob", null, "batch/v1beta1 cronjobs")]
    [InlineData("Job", null, "batch/v1 jobs")]
    [InlineData("pods/eviction", "v1", "policy/v1beta1 pods/eviction")]
    [InlineData("deployments/scale", "apps/v1", "autoscaling/v1 deployments/scale")]
    public async Task A_kind_is_found_by_all_its_names(string kind, string? apiVersion, string? expected)
    {
        using var wire = new Wire(Answer);

        var found = await wire.Client.DiscoverAsync(kind, apiVersion, CancellationToken.None);

        Assert.Equal(expected, found is null ? null : $"{found.ApiVersion} {found.Plural}");
    }

    [Fact]
    public async Task Of_several_versions_the_first_that_the_server_has_is_taken()
    {
        using var wire = new Wire(Answer);

        var found = await wire.Client.DiscoverFirstAsync("HorizontalPodAutoscaler", ["autoscaling/v2", "autoscaling/v2beta2", "autoscaling/v1"], CancellationToken.None);

        Assert.Equal("autoscaling/v2beta2", found?.ApiVersion);
        Assert.Null(await wire.Client.DiscoverFirstAsync("CronJob", ["batch/v1"], CancellationToken.None));
    }

    [Fact]
    public async Task A_group_whose_server_is_down_is_an_error_to_whoever_names_it()
    {
        using var wire = new Wire(Answer);

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
    public async Task What_the_server_said_is_asked_for_once()
    {
        using var wire = new Wire(Answer, new ManualTimeProvider());
        await wire.Client.DiscoverAsync("Pod", "v1", CancellationToken.None);

        await wire.Client.As(new Impersonation("jane", [])).DiscoverAsync("po", "v1", CancellationToken.None);

        Assert.Single(wire.Handler.Requests);
    }

    [Theory]
    [InlineData("v1", 1)]
    [InlineData("v9", 1)]
    public async Task A_kind_that_was_absent_is_looked_for_again_soon(string version, int requests)
    {
        var time = new ManualTimeProvider();
        using var wire = new Wire(Answer, time);
        Assert.Null(await wire.Client.DiscoverAsync("Service", version, CancellationToken.None));
        Assert.Null(await wire.Client.DiscoverAsync("Service", version, CancellationToken.None));
        Assert.Equal(requests, wire.Handler.Requests.Count);
        time.Advance(Discovery.AbsenceLifetime);

        await wire.Client.DiscoverAsync("Service", version, CancellationToken.None);

        Assert.Equal(2 * requests, wire.Handler.Requests.Count);
    }

    private static HttpResponseMessage Answer(WireRequest request) =>
        request.Uri.AbsolutePath.Contains("broken", StringComparison.Ordinal) ? WireHandler.Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")
        : Server.TryGetValue(request.Uri.AbsolutePath, out var json) ? WireHandler.Json(json)
        : WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound");
}
