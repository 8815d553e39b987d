using System.Net;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Runtime.Tests.ScriptedServer;

namespace RunbookOperator.Runtime.Tests;

public sealed class InformerTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly KubernetesClient _client;
    private readonly Informer<ConfigMap> _informer;
    private readonly List<string> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public InformerTests()
    {
        _client = Given.Client(_server.Handler, _time);
        _informer = new Informer<ConfigMap>(_client, new InformerOptions(), Given.Context(_time));
        _informer.Subscribe(change =>
            _seen.Add($"{change.Object.Metadata.Name} {change.Before?.Metadata.ResourceVersion}>{change.After?.Metadata.ResourceVersion}"));
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
    }

    [Fact]
    public async Task It_lists_all_pages_before_it_has_synced_and_then_follows()
    {
        _server.Page("5", "page2", Item("a", "1"));
        Start();
        Assert.False(_informer.HasSynced);
        _server.List("5", Item("b", "2"));
        var watch = _server.Watch();
        await _informer.WaitForSyncAsync(CancellationToken.None);

        await watch.SendAsync("MODIFIED", Item("a", "6"));
        await watch.SendAsync("DELETED", Item("b", "7"));
        await UntilAsync(map => map.List().Count == 1);

        Assert.Equal(["a >1", "b >2", "a 1>6", "b 7>"], _seen);
        Assert.Equal(["5"], _server.WatchedFrom);
    }

    [Fact]
    public async Task A_watch_that_ends_is_resumed_where_it_was()
    {
        _server.List("5");
        var first = _server.Watch();
        var second = _server.Watch();
        Start();

        await first.SendAsync("ADDED", Item("a", "6"));
        await first.SendAsync("BOOKMARK", """{"metadata":{"resourceVersion":"9"}}""");
        await first.CompleteAsync();
        await second.SendAsync("ADDED", Item("b", "10"));
        await UntilAsync(map => map.List().Count == 2);

        Assert.Equal(["5", "9"], _server.WatchedFrom);
    }

    [Fact]
    public async Task A_version_that_is_gone_when_connecting_leads_to_a_new_list_which_finds_the_deletion()
    {
        _server.List("5", Item("a", "1"), Item("b", "1")).RefuseWatch(HttpStatusCode.Gone, "Expired").List("50", Item("a", "40"));
        _server.Watch();
        Start();
        await PassAsync(ReflectorLimits.BaseDelay);
        await UntilAsync(map => map.List().Count == 1);

        Assert.Equal(["a >1", "b >1", "a 1>40", "b 1>"], _seen);
        await UntilWatchedAsync(2);
        Assert.Equal(["5", "50"], _server.WatchedFrom);
    }

    [Fact]
    public async Task A_version_that_is_gone_inside_the_stream_leads_to_a_new_list_too()
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        _server.List("50");
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);

        await watch.SendAsync("ERROR", """{"kind":"Status","code":410,"reason":"Gone"}""");
        await PassAsync(ReflectorLimits.BaseDelay);
        await UntilAsync(map => map.List().Count == 0);

        Assert.Equal(["a >1", "a 1>"], _seen);
    }

    [Fact]
    public async Task An_error_is_tried_again_later_and_a_watch_without_a_new_list()
    {
        _server.RefuseList(HttpStatusCode.InternalServerError, "InternalError").List("5", Item("a", "1"));
        _server.RefuseWatch(HttpStatusCode.TooManyRequests, "TooManyRequests");
        var watch = _server.Watch();
        Start();
        await PassAsync(ReflectorLimits.BaseDelay);
        await _informer.WaitForSyncAsync(CancellationToken.None);
        await PassAsync(ReflectorLimits.BaseDelay * 2);

        await watch.SendAsync("ADDED", Item("b", "6"));
        await UntilAsync(map => map.List().Count == 2);

        Assert.Equal(["5", "5"], _server.WatchedFrom);
    }

    [Fact]
    public async Task A_watch_that_says_nothing_for_long_is_taken_for_dead()
    {
        _server.List("5");
        var silent = _server.Watch();
        var next = _server.Watch();
        Start();
        await silent.SendAsync("ADDED", Item("a", "6"));
        await UntilAsync(map => map.List().Count == 1);

        await PassAsync(new InformerOptions().SilenceTimeout);
        await next.SendAsync("ADDED", Item("b", "7"));
        await UntilAsync(map => map.List().Count == 2);

        Assert.Equal(["5", "6"], _server.WatchedFrom);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_keeps_its_last_state_and_is_named()
    {
        _server.List("5", Item("a", "1"), Item("b", "1", "7"));
        var watch = _server.Watch();
        Start();
        await watch.SendAsync("MODIFIED", Item("a", "6", "7"));
        await watch.SendAsync("ADDED", Item("c", "7"));
        await UntilAsync(map => map.Find(new NamespacedName("shop", "c")) is not null);

        Assert.Equal("1", _informer.Find(Given.A)?.Metadata.ResourceVersion);
        Assert.Equal(["a", "b"], _informer.Undecodable.Select(item => item.Name.Name).Order(StringComparer.Ordinal));

        await watch.SendAsync("MODIFIED", Item("a", "8"));
        await watch.SendAsync("DELETED", Item("b", "9", "7"));
        await watch.SendAsync("ADDED", Item("d", "10"));
        await UntilAsync(map => map.Find(new NamespacedName("shop", "d")) is not null);
        Assert.Empty(_informer.Undecodable);
        Assert.Equal("8", _informer.Find(Given.A)?.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Who_subscribes_late_is_told_what_is_there_and_one_who_fails_harms_nobody()
    {
        var late = new List<string?>();
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        _informer.Subscribe(_ => throw new InvalidOperationException("a mistake"));
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);

        _informer.Subscribe(change => late.Add(change.Object.Metadata.Name));
        await watch.SendAsync("ADDED", Item("b", "6"));
        await UntilAsync(map => map.List().Count == 2);

        Assert.Equal(["a", "b"], late);
    }

    [Fact]
    public async Task Whoever_asks_in_vain_is_told_and_the_cache_goes_on()
    {
        _server.List("5", Item("a", "1"));
        var watch = _server.Watch();
        Start();
        var asked = _informer.WaitUntilAsync(maps => maps.Find(Given.B) is { } map && map.Data!["x"] == "1", CancellationToken.None);

        await watch.SendAsync("ADDED", Item("b", "6"));
        await UntilAsync(maps => maps.Find(Given.B) is not null);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => asked);
        Assert.Single(_server.WatchedFrom);
    }

    [Fact]
    public async Task Whoever_no_longer_waits_is_asked_no_more()
    {
        _server.List("5");
        var watch = _server.Watch();
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var asked = 0;
        var wait = _informer.WaitUntilAsync(_ => asked++ > 100, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);

        await watch.SendAsync("ADDED", Item("a", "6"));
        await UntilAsync(maps => maps.List().Count == 1);

        Assert.Equal(1, asked);
    }

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
