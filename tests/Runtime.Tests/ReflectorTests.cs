using System.Net;
using System.Web;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Runtime.Tests.ScriptedServer;

namespace RunbookOperator.Runtime.Tests;

/// <summary>What a reflector makes of a server that is busy, lags behind, forgets, or talks nonsense.</summary>
public sealed class ReflectorTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly LogRecorder _log = new();
    private readonly RuntimeContext _context;
    private readonly KubernetesClient _client;
    private readonly Informer<ConfigMap> _informer;
    private readonly PrometheusExposition _metrics;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public ReflectorTests()
    {
        _context = Given.Context(_time, _log);
        _metrics = new PrometheusExposition(_context.Metrics.Meter);
        _client = Given.Client(_server.Handler, _time);
        _informer = new Informer<ConfigMap>(_client, new InformerOptions(), _context);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
        _log.Dispose();
        _metrics.Dispose();
        _context.Metrics.Dispose();
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, "Expired")]
    [InlineData(HttpStatusCode.Gone, "")]
    [InlineData(HttpStatusCode.BadRequest, "Expired")]
    [InlineData(HttpStatusCode.InternalServerError, "Gone")]
    public async Task A_version_that_is_gone_is_known_by_code_and_by_reason_when_connecting(HttpStatusCode code, string reason)
    {
        _server.List("5", Item("a", "1")).RefuseWatch(code, reason).List("50", Item("b", "40"));
        _server.Watch();
        Start();
        await PassAsync(ReflectorLimits.BaseDelay);

        await UntilAsync(maps => maps.Find(Given.B) is not null);

        Assert.Null(_informer.Find(Given.A));
        Assert.Contains(_log.Lines, line => line.Id == 111);
    }

    [Theory]
    [InlineData(410, "Gone")]
    [InlineData(410, "Expired")]
    [InlineData(500, "Expired")]
    [InlineData(0, "Gone")]
    public async Task A_version_that_is_gone_is_known_by_code_and_by_reason_inside_the_stream(int code, string reason)
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        _server.List("50", Item("b", "40"));
        Start();
        await watch.SendAsync("ERROR", $$"""{"kind":"Status","code":{{code}},"reason":"{{reason}}"}""");
        await PassAsync(ReflectorLimits.BaseDelay);

        await UntilAsync(maps => maps.Find(Given.B) is not null);

        Assert.Null(_informer.Find(Given.A));
    }

    [Fact]
    public async Task Pages_that_expire_on_the_way_are_read_again_in_one_and_nothing_was_swept_before()
    {
        _server.List("5", Item("a", "1"), Item("b", "1")).RefuseWatch(HttpStatusCode.Gone, "Expired");
        _server.Page("50", "next", Item("a", "1")).RefuseList(HttpStatusCode.Gone, "Expired");
        Start();
        await PassAsync(ReflectorLimits.BaseDelay);
        await _time.WaitForTimerAsync(ReflectorLimits.BaseDelay * 2);
        Assert.Equal(2, _informer.List().Count);

        _server.List("51", Item("a", "1"));
        _time.Advance(ReflectorLimits.BaseDelay * 2);
        await UntilAsync(maps => maps.List().Count == 1);

        Assert.Equal(["500", "500", "500", null], Lists.Select(query => query["limit"]));
        Assert.Equal([null, null, "next", null], Lists.Select(query => query["continue"]));
    }

    [Fact]
    public async Task A_busy_server_is_given_the_time_it_asks_for()
    {
        _server.RefuseList(HttpStatusCode.TooManyRequests, "TooManyRequests", retryAfter: 7);
        Start();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(_server.Handler.Requests);

        _server.List("5");
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await _informer.WaitForSyncAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(0, null, 0.2)]
    [InlineData(3, null, 1.6)]
    [InlineData(16, null, 30.0)]
    [InlineData(0, 7, 7.0)]
    [InlineData(16, 7, 30.0)]
    [InlineData(0, 1_000_000, 300.0)]
    public void Waits_grow_up_to_a_bound_and_are_no_shorter_than_asked_for(int failures, int? asked, double expected)
    {
        Assert.Equal(TimeSpan.FromSeconds(expected), ReflectorLimits.DelayAfter(failures, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, 0));
        Assert.True(ReflectorLimits.DelayAfter(failures, null, 0.5) > ReflectorLimits.DelayAfter(failures, null, 0));
    }

    [Fact]
    public async Task A_list_older_than_what_is_known_is_refused_and_a_newer_one_taken()
    {
        _server.List("50", Item("a", "40"), Item("b", "41")).RefuseWatch(HttpStatusCode.Gone, "Expired");
        _server.List("45", Item("a", "40")).List("51", Item("a", "40"), Item("b", "51"));
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);
        await PassAsync(ReflectorLimits.BaseDelay);
        await _time.WaitForTimerAsync(ReflectorLimits.BaseDelay * 2);

        Assert.Equal(["40", "41"], Versions);
        Assert.Contains("reflector_stale_answers_total{resource=\"configmaps\"} 1\n", _metrics.Render(), StringComparison.Ordinal);

        _time.Advance(ReflectorLimits.BaseDelay * 2);
        await UntilAsync(maps => maps.Find(Given.B)?.Metadata.ResourceVersion == "51");
    }

    [Fact]
    public async Task A_cluster_that_was_restored_is_believed_after_a_while()
    {
        _server.List("50", Item("a", "40")).RefuseWatch(HttpStatusCode.Gone, "Expired");
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);
        var since = _time.GetTimestamp();
        while (_informer.Find(Given.B) is null)
        {
            _server.List("9", Item("b", "8"));
            await PassAsync(ReflectorLimits.MaxDelay);
            await Task.Yield();
        }

        Assert.Equal(["8"], Versions);
        Assert.True(_time.GetElapsedTime(since) >= ReflectorLimits.StalePatience);
        Assert.Contains(_log.Lines, line => line.Id == 118);
    }

    [Fact]
    public async Task An_event_older_than_the_stream_is_not_used()
    {
        _server.List("50", Item("a", "40"));
        var watch = _server.Watch();
        Start();
        await watch.SendAsync("DELETED", Item("a", "51"));
        await watch.SendAsync("ADDED", Item("a", "40"));
        await watch.SendAsync("ADDED", Item("b", "52"));
        await UntilAsync(maps => maps.Find(Given.B) is not null);

        Assert.Null(_informer.Find(Given.A));
    }

    [Fact]
    public async Task Where_nothing_happens_a_watch_is_shorter_than_the_silence_that_counts_as_death()
    {
        var options = new InformerOptions();
        _server.List("5");
        var quiet = _server.Watch();
        var busy = _server.Watch();
        var last = _server.Watch();
        Start();
        await quiet.SendAsync("BOOKMARK", """{"metadata":{"resourceVersion":"9"}}""");
        await quiet.CompleteAsync();
        await busy.SendAsync("ADDED", Item("a", "10"));
        await busy.CompleteAsync();
        await last.SendAsync("ADDED", Item("b", "11"));
        await UntilAsync(maps => maps.List().Count == 2);

        Assert.Equal(
            [options.SilenceTimeout * ReflectorLimits.QuietPart, options.SilenceTimeout * ReflectorLimits.QuietPart, options.WatchTimeout],
            Watches.Select(query => TimeSpan.FromSeconds(int.Parse(query["timeoutSeconds"]!))));
    }

    [Fact]
    public async Task A_watch_that_brought_nothing_but_lasted_is_no_failure()
    {
        _server.List("5");
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            var empty = _server.Watch();
            await UntilWatchedAsync(i + 1);
            _time.Advance(ReflectorLimits.ShortWatch);
            await empty.CompleteAsync();
        }

        var watch = _server.Watch();
        await watch.SendAsync("ADDED", Item("a", "6"));
        await UntilAsync(maps => maps.List().Count == 1);
    }

    [Fact]
    public async Task A_stream_that_talks_nonsense_is_left_for_a_new_list()
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        _server.List("50", Item("b", "40"));
        Start();
        await watch.SendAsync("SURPRISE", Item("c", "6"));
        await PassAsync(ReflectorLimits.BaseDelay);

        await UntilAsync(maps => maps.Find(Given.B) is not null);
        Assert.Null(_informer.Find(Given.A));
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_said_once_and_counted()
    {
        _server.List("5", Item("a", "1", "7"), "null", """{"metadata":null}""", """{"metadata":{"name":7}}""", Item("b", "1"));
        var watch = _server.Watch();
        Start();
        await watch.SendAsync("MODIFIED", Item("a", "6", "7"));
        await watch.SendAsync("MODIFIED", Item("a", "7", "7"));
        await watch.SendAsync("MODIFIED", Item("b", "8"));
        await UntilAsync(maps => maps.Find(Given.B)?.Metadata.ResourceVersion == "8");

        Assert.Single(_log.Lines, line => line.Id == 114 && line.Text.Contains("shop/a", StringComparison.Ordinal));
        Assert.Contains($"reflector_undecodable_objects{{resource=\"configmaps\"}} {_informer.Undecodable.Count}\n", _metrics.Render(), StringComparison.Ordinal);
        await watch.SendAsync("MODIFIED", Item("a", "9"));
        await UntilAsync(maps => maps.List().Count == 2);
        Assert.DoesNotContain(_informer.Undecodable, item => item.Name == Given.A);
    }

    [Fact]
    public async Task Of_many_that_cannot_be_read_some_are_named_and_the_others_numbered()
    {
        const int Count = 500;
        _server.List("5", [.. Enumerable.Range(0, Count).Select(i => Item($"bad-{i}", "1", "7")), Item("a", "1")]);
        _server.Watch();
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);

        Assert.Equal(ProjectedInformer<ConfigMap, ConfigMap>.MaxNamed, _log.Lines.Count(line => line.Id == 114));
        Assert.StartsWith("480 more", Assert.Single(_log.Lines, line => line.Id == 116).Text, StringComparison.Ordinal);
        Assert.Equal(Count, _informer.Undecodable.Count);
        Assert.NotNull(_informer.Find(Given.A));
    }

    [Fact]
    public async Task An_index_that_cannot_read_an_object_leaves_it_out_and_the_rest_is_seen()
    {
        _informer.AddIndex("x", map => [map.Data!["x"]]);
        _server.List("5", Item("a", "1", "null"), Item("b", "1", """{"x":"1"}"""));
        _server.Watch();
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);

        Assert.Equal(2, _informer.List().Count);
        Assert.Equal([Given.B], _informer.ByIndex("x", "1").Select(static map => NamespacedName.Of(map)));
    }

    private IEnumerable<System.Collections.Specialized.NameValueCollection> Queries => _server.Handler.Requests.Select(request => HttpUtility.ParseQueryString(request.Uri.Query));

    private IEnumerable<System.Collections.Specialized.NameValueCollection> Lists => Queries.Where(query => query["watch"] is null);

    private IEnumerable<System.Collections.Specialized.NameValueCollection> Watches => Queries.Where(query => query["watch"] is not null);

    private IEnumerable<string?> Versions => _informer.List().Select(map => map.Metadata.ResourceVersion).Order(StringComparer.Ordinal);

    private void Start() => _run = _informer.RunAsync(_stop.Token);

    private async Task PassAsync(TimeSpan span)
    {
        await _time.WaitForTimerAsync(span);
        _time.Advance(span);
    }

    private Task UntilAsync(Func<ILister<ConfigMap>, bool> predicate) => _informer.WaitUntilAsync(predicate, CancellationToken.None);

    private async Task UntilWatchedAsync(int count)
    {
        while (_server.WatchedFrom.Count() < count)
        {
            await Task.Yield();
        }
    }
}
