using System.Text.Json.Nodes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class RequestTests
{
    private static readonly NamespacedName Web = new("shop", "web");

    [Fact]
    public async Task The_path_of_the_server_is_kept_and_the_client_says_who_it_is()
    {
        using var wire = Wire.Answering("""{"metadata":{"name":"web"}}""");

        var pod = await wire.Client.GetAsync<Pod>(Web, CancellationToken.None);

        Assert.Equal("web", pod.Metadata.Name);
        Assert.Equal("https://cluster.example/base/api/v1/namespaces/shop/pods/web", wire.Request.Uri.AbsoluteUri);
        Assert.StartsWith("runbook-operator/", wire.Request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_posts_to_the_collection_with_version_and_kind()
    {
        using var wire = Wire.Answering("""{"metadata":{}}""");

        await wire.Client.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "shop" } }, CancellationToken.None);

        Assert.Equal("POST /api/v1/namespaces/shop/configmaps", wire.Line);
        Assert.Equal("""{"metadata":{"name":"a","namespace":"shop"},"apiVersion":"v1","kind":"ConfigMap"}""", wire.Request.Body);
    }

    [Fact]
    public async Task Create_of_a_review_goes_to_the_cluster()
    {
        using var wire = Wire.Answering("""{"metadata":{},"spec":{},"status":{"allowed":true}}""");
        var review = new SubjectAccessReview
        {
            Spec = new SubjectAccessReviewSpec { User = "jane", ResourceAttributes = new ResourceAttributes { Verb = "approve", Resource = "runbooks" } },
        };

        var answer = await wire.Client.CreateAsync(review, CancellationToken.None);

        Assert.True(answer.Status?.Allowed);
        Assert.Equal("POST /apis/authorization.k8s.io/v1/subjectaccessreviews", wire.Line);
    }

    [Fact]
    public async Task Apply_names_the_field_manager()
    {
        using var wire = Wire.Answering("""{"metadata":{}}""");
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "shop" } };

        await wire.Client.ApplyAsync(map, new ApplyOptions("runbook-operator", Subresource: "status", DryRun: true), CancellationToken.None);

        Assert.Equal("PATCH /api/v1/namespaces/shop/configmaps/a/status?fieldManager=runbook-operator&force=true&dryRun=All", wire.Line);
        Assert.Equal("application/apply-patch+yaml", wire.Request.ContentType);
    }

    [Theory]
    [InlineData(PatchType.Merge, "application/merge-patch+json")]
    [InlineData(PatchType.Json, "application/json-patch+json")]
    [InlineData(PatchType.StrategicMerge, "application/strategic-merge-patch+json")]
    public async Task A_patch_has_the_media_type_of_its_format(PatchType type, string mediaType)
    {
        using var wire = Wire.Answering("""{"metadata":{}}""");
        var patch = new Patch(type, new JsonObject { ["a"] = null }) { Subresource = "scale", FieldManager = "x", DryRun = true };

        await wire.Client.PatchAsync<Pod>(Web, patch, CancellationToken.None);

        Assert.Equal("PATCH /api/v1/namespaces/shop/pods/web/scale?fieldManager=x&dryRun=All", wire.Line);
        Assert.Equal(mediaType, wire.Request.ContentType);
        // In a merge patch null means "remove": it must not be left out.
        Assert.Equal("""{"a":null}""", wire.Request.Body);
    }

    [Fact]
    public async Task Delete_carries_its_preconditions()
    {
        using var wire = Wire.Answering("{}");

        await wire.Client.DeleteAsync<Pod>(Web, new DeleteOptions { Uid = "u", GracePeriodSeconds = 0 }, CancellationToken.None);

        Assert.Equal("DELETE /api/v1/namespaces/shop/pods/web", wire.Line);
        var body = JsonNode.Parse(wire.Request.Body)!;
        Assert.Equal("u", body["preconditions"]!["uid"]!.GetValue<string>());
        Assert.Equal(0, body["gracePeriodSeconds"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_dry_run_of_a_deletion_stands_in_the_body_since_the_query_is_not_looked_at_then()
    {
        using var wire = Wire.Answering("{}");

        await wire.Client.DeleteAsync(Pod.Definition, Web, new DeleteOptions { DryRun = true }, CancellationToken.None);

        Assert.Equal("DELETE /api/v1/namespaces/shop/pods/web", wire.Line);
        Assert.Equal("""{"apiVersion":"v1","kind":"DeleteOptions","dryRun":["All"]}""", wire.Request.Body);
    }

    [Fact]
    public async Task An_untyped_create_goes_where_the_object_says()
    {
        using var wire = Wire.Answering("{}");
        var value = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "shop" } };

        await wire.Client.CreateAsync(ConfigMap.Definition, value, new CreateOptions { FieldManager = "x", DryRun = true }, CancellationToken.None);

        Assert.Equal("POST /api/v1/namespaces/shop/configmaps?fieldManager=x&dryRun=All", wire.Line);
        Assert.Equal("""{"metadata":{"name":"a","namespace":"shop"},"apiVersion":"v1","kind":"ConfigMap"}""", wire.Request.Body);
        Assert.False(value.ContainsKey("kind"));
    }

    [Theory]
    [InlineData("v1", "policy/v1")]
    [InlineData("v1beta1", "policy/v1beta1")]
    public async Task An_eviction_has_the_version_that_the_server_takes(string served, string expected)
    {
        using var wire = new Wire(request => WireHandler.Json(request.Method == "POST"
            ? "{}"
            : $$"""{"resources":[{"name":"pods","kind":"Pod","namespaced":true},{"name":"pods/eviction","kind":"Eviction","namespaced":true,"group":"policy","version":"{{served}}"}]}"""));

        await wire.Client.EvictAsync(Web, new DeleteOptions { GracePeriodSeconds = 5, DryRun = true }, CancellationToken.None);

        var eviction = wire.Handler.Requests[^1];
        Assert.EndsWith("/namespaces/shop/pods/web/eviction?dryRun=All", eviction.Line, StringComparison.Ordinal);
        var body = JsonNode.Parse(eviction.Body)!;
        Assert.Equal(expected, body["apiVersion"]!.GetValue<string>());
        Assert.Equal(5, body["deleteOptions"]!["gracePeriodSeconds"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_list_of_metadata_asks_for_no_more()
    {
        using var wire = Wire.Answering("""{"metadata":{"resourceVersion":"3"},"items":[{"metadata":{"name":"a","labels":{"x":"y"}},"spec":{"whole":1}}]}""");

        var list = await wire.Client.ListMetadataAsync(Pod.Definition, "shop", new ListOptions { ResourceVersion = "2", ResourceVersionMatch = ResourceVersionMatch.NotOlderThan }, CancellationToken.None);

        Assert.Equal("y", Assert.Single(list.Items).Metadata.Labels!["x"]);
        Assert.StartsWith("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", wire.Request.Headers["Accept"].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("GET /api/v1/namespaces/shop/pods?resourceVersion=2&resourceVersionMatch=NotOlderThan", wire.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nImpersonate-User: admin")]
    [InlineData("a\u0001b")]
    public void Nobody_is_impersonated_by_a_name_that_would_not_arrive(string name)
    {
        Assert.Throws<ArgumentException>(() => new Impersonation(name, []));
        Assert.Throws<ArgumentException>(() => new Impersonation("jane", [name]));
        Assert.Throws<ArgumentException>(() => new Impersonation("jane", []) { Uid = name });
    }

    [Fact]
    public async Task An_impersonating_client_says_so_on_each_request()
    {
        using var wire = Wire.Answering("""{"metadata":{}}""");

        await wire.Client.As(new Impersonation("jane", ["ops", "dev"])).GetAsync<Pod>(Web, CancellationToken.None);

        Assert.Equal("jane", wire.Request.Headers["Impersonate-User"]);
        Assert.Equal("ops|dev", wire.Request.Headers["Impersonate-Group"]);
    }

    [Fact]
    public async Task The_original_client_is_nobody_else()
    {
        using var wire = Wire.Answering("""{"metadata":{}}""");
        _ = wire.Client.As(Impersonation.ServiceAccount("shop", "fixer"));

        await wire.Client.GetAsync<Pod>(Web, CancellationToken.None);

        Assert.False(wire.Request.Headers.ContainsKey("Impersonate-User"));
    }

    [Fact]
    public async Task Logs_are_asked_for_as_wanted()
    {
        using var wire = Wire.Answering("line");
        var options = new LogOptions { Container = "step", Follow = true, TailLines = 5, Since = TimeSpan.FromSeconds(1.5), LimitBytes = 9, Timestamps = true };

        await using var stream = await wire.Client.LogsAsync(Web, options, CancellationToken.None);

        Assert.Equal("line", await new StreamReader(stream).ReadToEndAsync());
        Assert.Equal("GET /api/v1/namespaces/shop/pods/web/log?container=step&follow=true&timestamps=true&tailLines=5&sinceSeconds=2&limitBytes=9", wire.Line);
    }

    [Fact]
    public async Task A_log_may_begin_at_a_time()
    {
        using var wire = Wire.Answering("line");
        var time = new DateTimeOffset(2026, 1, 2, 4, 4, 5, 600, TimeSpan.FromHours(1));

        await using var stream = await wire.Client.LogsAsync(Web, new LogOptions { SinceTime = time }, CancellationToken.None);

        Assert.Equal("GET /api/v1/namespaces/shop/pods/web/log?sinceTime=2026-01-02T03%3A04%3A05Z", wire.Line);
        await Assert.ThrowsAsync<ArgumentException>(
            () => wire.Client.LogsAsync(Web, new LogOptions { SinceTime = time, Since = TimeSpan.Zero }, CancellationToken.None));
    }

    [Fact]
    public async Task A_raw_path_cannot_lead_to_another_server()
    {
        using var wire = Wire.Answering("ok");

        await wire.Client.GetRawAsync("//evil.example/version", CancellationToken.None);

        Assert.Equal("cluster.example", wire.Request.Uri.Host);
        await Assert.ThrowsAsync<ArgumentException>(() => wire.Client.GetRawAsync("evil", CancellationToken.None));
    }

    [Fact]
    public async Task A_request_that_gets_no_answer_ends_as_a_broken_connection()
    {
        var time = new ManualTimeProvider();
        using var wire = new Wire(new WireHandler(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return WireHandler.Json("{}");
        }), time);

        var request = wire.Client.GetAsync<Pod>(Web, CancellationToken.None);
        await time.WaitForTimerAsync(KubernetesClient.RequestTimeout);
        time.Advance(KubernetesClient.RequestTimeout);

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task A_request_that_the_caller_gives_up_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var wire = new Wire(new WireHandler(async (_, cancellationToken) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return WireHandler.Json("{}");
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wire.Client.GetAsync<Pod>(Web, cancel.Token));
    }
}
