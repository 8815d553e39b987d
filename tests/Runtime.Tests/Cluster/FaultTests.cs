using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.TestKit.FaultInjector;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>All that goes wrong between an operator and an API server, with a real one behind it. Each test ends by asserting that its faults
/// happened.</summary>
[Trait("Category", "Faults")]
public sealed class FaultTests
{
    [Fact]
    public async Task A_watch_that_breaks_is_resumed_and_misses_nothing()
    {
        await using var server = await FaultyServer.StartAsync();
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.CreateAsync("a");
        await server.SyncAsync();
        await stream.Opened;

        stream.Break();
        await server.SetAsync("a", "2");
        await server.CreateAsync("b");
        await server.UntilAsync("a=2", "b=1");
        await server.DeleteAsync("a");
        await server.UntilAsync("b=1");

        Assert.Equal(["+a=1", "~a=2", "+b=1", "-a=2"], server.Seen);
        Assert.Single(server.Faults.Requests, request => request.Contains("limit=500", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, "Expired")]
    [InlineData(HttpStatusCode.Gone, "Gone")]
    [InlineData(HttpStatusCode.BadRequest, "Expired")]
    public async Task A_version_that_is_gone_when_connecting_leads_to_a_list_that_finds_what_was_missed(HttpStatusCode code, string reason)
    {
        await using var server = await FaultyServer.StartAsync();
        await server.CreateAsync("a");
        await server.CreateAsync("b");
        var refused = server.Faults.Add(Fault.Refuse(IsWatch, code, reason, held: true));
        await server.SyncAsync();
        await refused.Fired;

        await server.DeleteAsync("a");
        await server.CreateAsync("c");
        refused.Release();
        await server.UntilAsync("b=1", "c=1");
        await server.SetAsync("c", "2");
        await server.UntilAsync("b=1", "c=2");

        Assert.Contains("-a=1", server.Seen);
    }

    [Theory]
    [InlineData(410, "Expired")]
    [InlineData(410, "Gone")]
    [InlineData(500, "Expired")]
    public async Task A_version_that_is_gone_inside_the_stream_leads_to_a_list_too(int code, string reason)
    {
        await using var server = await FaultyServer.StartAsync();
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.CreateAsync("a");
        await server.SyncAsync();
        await stream.Opened;
        var relist = server.Faults.Add(Fault.Delay(IsList));

        stream.EndWith($$$"""{"type":"ERROR","object":{"kind":"Status","code":{{{code}}},"reason":"{{{reason}}}"}}""" + "\n");
        await relist.Fired;
        await server.DeleteAsync("a");
        await server.CreateAsync("b");
        relist.Release();
        await server.UntilAsync("b=1");

        Assert.Equal(["+a=1", "+b=1", "-a=1"], server.Seen);
    }

    [Theory]
    [InlineData("""{"type":"MODIFIED","object":{"metadata":{"name":"a","names""")]
    [InlineData("""{"type":"MODI""")]
    [InlineData("""{"type":"DELETED","object":{"metadata":{"name":"a"}}}""")]
    public async Task An_event_cut_off_in_the_middle_is_no_event_and_is_read_again_whole(string cut)
    {
        await using var server = await FaultyServer.StartAsync();
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.CreateAsync("a");
        await server.SyncAsync();
        await stream.Opened;

        stream.EndWith(cut);
        await server.SetAsync("a", "2");
        await server.UntilAsync("a=2");

        Assert.Equal(["+a=1", "~a=2"], server.Seen);
    }

    [Fact]
    public async Task A_list_cut_off_in_the_middle_is_read_again_and_sweeps_nothing()
    {
        await using var server = await FaultyServer.StartAsync();
        await server.CreateAsync("a");
        await server.CreateAsync("b");
        server.Faults.Add(Fault.Rewrite(IsList, static body => body[..(body.Length / 2)]));
        server.Faults.Add(Fault.Rewrite(IsList, static body => body[..^2]));
        await server.SyncAsync();

        Assert.Equal(["+a=1", "+b=1"], server.Seen.Order(StringComparer.Ordinal));
        Assert.Equal(2, server.Log.Lines.Count(line => line.Id == 112));
    }

    [Fact]
    public async Task Pages_that_expire_on_the_way_are_read_again_and_sweep_nothing()
    {
        await using var server = await FaultyServer.StartAsync(options: new InformerOptions { PageSize = 2 });
        for (var i = 0; i < 5; i++)
        {
            await server.CreateAsync($"m{i}");
        }

        server.Faults.Add(Fault.Refuse(IsWatch, HttpStatusCode.Gone, "Expired"));
        var expired = server.Faults.Add(Fault.Refuse(
            request => IsNextPage(request) && server.Maps.HasSynced, HttpStatusCode.Gone, "Expired"));
        await server.SyncAsync();
        await expired.Fired;
        await server.DeleteAsync("m4");
        await server.UntilAsync("m0=1", "m1=1", "m2=1", "m3=1");

        Assert.Equal(["+m0=1", "+m1=1", "+m2=1", "+m3=1", "+m4=1", "-m4=1"], server.Seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequests")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.GatewayTimeout, "Timeout")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden")]
    public async Task A_server_that_refuses_for_a_while_is_asked_again(HttpStatusCode code, string reason)
    {
        await using var server = await FaultyServer.StartAsync();
        server.Faults.Add(Fault.Refuse(IsList, code, reason, times: 2));
        server.Faults.Add(Fault.Refuse(IsWatch, code, reason, times: 2));
        await server.CreateAsync("a");
        await server.SyncAsync();
        await server.CreateAsync("b");
        await server.UntilAsync("a=1", "b=1");

        Assert.Equal(3, server.Faults.Requests.Count(request => request.Contains("limit=500", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_left_alone_for_so_long()
    {
        var time = new ManualTimeProvider();
        await using var server = await FaultyServer.StartAsync(time);
        var refused = server.Faults.Add(Fault.Refuse(IsList, HttpStatusCode.TooManyRequests, "TooManyRequests", retryAfter: 20));
        server.Follow();
        await refused.Fired;
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(20));
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.Single(server.Faults.Requests);

        time.Advance(TimeSpan.FromSeconds(1));

        await server.Maps.WaitForSyncAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_list_that_comes_late_is_waited_for_and_what_happened_meanwhile_is_seen()
    {
        await using var server = await FaultyServer.StartAsync();
        var late = server.Faults.Add(Fault.Delay(IsList));
        server.Follow();
        await late.Fired;
        await server.CreateAsync("a");
        Assert.False(server.Maps.HasSynced);

        late.Release();

        await server.UntilAsync("a=1");
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_noticed_within_a_minute()
    {
        var time = new ManualTimeProvider();
        await using var server = await FaultyServer.StartAsync(time);
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.CreateAsync("a");
        await server.SyncAsync();
        await stream.Opened;
        stream.Silence();
        await server.DeleteAsync("a");
        await server.CreateAsync("b");
        Assert.Equal(["+a=1"], server.Seen);

        await time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(60));

        await server.UntilAsync("b=1");
        Assert.Contains("-a=1", server.Seen);
    }

    [Fact]
    public async Task A_list_from_a_server_that_lags_behind_moves_nothing_back()
    {
        await using var server = await FaultyServer.StartAsync();
        await server.CreateAsync("a");
        await server.CreateAsync("gone");
        var old = await server.Administrator.GetRawAsync($"/api/v1/namespaces/{server.Namespace}/configmaps?labelSelector=test%3Dyes", CancellationToken.None);
        await server.SetAsync("a", "2");
        await server.DeleteAsync("gone");
        var stream = new FaultStream();
        server.Faults.Add(Fault.Stream(IsWatch, stream));
        await server.SyncAsync();
        await stream.Opened;
        var stale = server.Faults.Add(Fault.Rewrite(IsList, _ => old, times: 2));

        stream.EndWith("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}""" + "\n");
        await stale.Fired;
        await server.CreateAsync("b");
        await server.UntilAsync("a=2", "b=1");

        Assert.Equal(["+a=2", "+b=1"], server.Seen);
        Assert.Contains("reflector_stale_answers_total{resource=\"configmaps\"} 2\n", server.Metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_was_done_and_not_confirmed_is_done_once()
    {
        await using var server = await FaultyServer.StartAsync();
        server.Faults.Add(Fault.Commit(IsWrite, HttpStatusCode.GatewayTimeout, "Timeout"));

        var passes = await server.WriteAsync(async client =>
        {
            try
            {
                await client.CreateAsync(Map(server, "once"), CancellationToken.None);
            }
            catch (ApiException exception) when (exception.IsAlreadyExists)
            {
                // What a reconciler does: the name is its own, so it was itself.
            }
        });

        Assert.Equal(2, passes);
        Assert.Single(await server.Administrator.ListAllAsync<ConfigMap>(server.Namespace, new ListOptions { LabelSelector = "test=yes" }, CancellationToken.None));
        Assert.Contains("rest_client_requests_total{code=\"409\"", server.Metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_is_retried_until_it_is_none()
    {
        await using var server = await FaultyServer.StartAsync();
        await server.CreateAsync("a");
        server.Faults.Add(Fault.Refuse(IsWrite, HttpStatusCode.Conflict, "Conflict", times: 2));
        var patch = new Patch(PatchType.Merge, new JsonObject { ["data"] = new JsonObject { ["x"] = "2" } });

        var passes = await server.WriteAsync(client => client.PatchAsync<ConfigMap>(new NamespacedName(server.Namespace, "a"), patch, CancellationToken.None));

        Assert.Equal(3, passes);
        Assert.Contains("controller_runtime_reconcile_total{controller=\"writer\",result=\"conflict\"} 2\n", server.Metrics.Render(), StringComparison.Ordinal);
    }

    private static ConfigMap Map(FaultyServer server, string name) =>
        new() { Metadata = new ObjectMeta { Name = name, Namespace = server.Namespace, Labels = new() { ["test"] = "yes" } } };
}
