using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;
using static RunbookOperator.Runtime.Tests.ScriptedServer;

namespace RunbookOperator.Runtime.Tests;

public sealed class ManagerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly LeaseServer _leases = new();
    private readonly KubernetesClient _client;
    private readonly KubernetesClient _leaseClient;
    private readonly LeaderElector _elector;
    private readonly Informer<ConfigMap> _informer;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _order = [];

    public ManagerTests()
    {
        _client = Given.Client(_server.Handler, _time);
        _leaseClient = Given.Client(_leases.Handler, _time);
        _elector = new LeaderElector(_leaseClient, new LeaderElectorOptions { Lease = new("shop", "operator"), Identity = "me" }, Given.Context(_time));
        _informer = new Informer<ConfigMap>(_client, new InformerOptions(), Given.Context(_time));
        _server.Watch();
    }

    public void Dispose()
    {
        _elector.Dispose();
        _client.Dispose();
        _leaseClient.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Caches_come_first_then_leadership_then_controllers()
    {
        var manager = Manager();
        var run = manager.RunAsync(_stop.Token);
        Assert.False(manager.Synced.IsCompleted);
        Assert.Null(_leases.Holder);

        _server.List("5", Item("a", "1"));
        await manager.Started;
        await manager.IdleAsync(CancellationToken.None);

        Assert.Equal(["reconcile a, leads: True"], _order);
        await StopAsync(run);
    }

    [Fact]
    public async Task A_replica_that_does_not_lead_serves_but_does_not_reconcile()
    {
        _leases.Hold("another");
        _server.List("5", Item("a", "1"));
        var served = new TaskCompletionSource();
        var manager = Manager().Add("server", async stop =>
        {
            served.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
        });

        var run = manager.RunAsync(_stop.Token);
        await served.Task;

        Assert.True(manager.Synced.IsCompleted);
        Assert.False(manager.Started.IsCompleted);
        Assert.Empty(_order);
        await StopAsync(run);
    }

    [Fact]
    public async Task It_stops_in_reverse_and_the_lease_is_given_up_after_the_last_pass()
    {
        _server.List("5", Item("a", "1"));
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var manager = new Manager(Given.Context(_time), _elector).Add(Controller(async (_, _) =>
        {
            entered.SetResult();
            await leave.Task;
            _order.Add($"pass ended, held by: {_leases.Holder}");
            return ReconcileResult.Done;
        }));
        var run = manager.RunAsync(_stop.Token);
        await entered.Task;

        await _stop.CancelAsync();
        leave.SetResult();
        await run;

        Assert.Equal(["pass ended, held by: me"], _order);
        Assert.Equal("", _leases.Holder);
    }

    [Fact]
    public async Task A_lost_lease_cancels_what_is_under_way_and_ends_the_manager()
    {
        _server.List("5", Item("a", "1"));
        var entered = new TaskCompletionSource();
        var manager = new Manager(Given.Context(_time), _elector).Add(Controller(async (_, cancellationToken) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
            return ReconcileResult.Done;
        }));
        var run = manager.RunAsync(_stop.Token);
        await entered.Task;
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2));

        _leases.Hold("another");
        _time.Advance(TimeSpan.FromSeconds(2));
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<LeadershipLostException>(() => run);
        Assert.Equal("another", _leases.Holder);
    }

    [Fact]
    public async Task A_pass_that_does_not_end_keeps_no_process_alive_that_lost_its_lease()
    {
        _server.List("5", Item("a", "1"));
        var entered = new TaskCompletionSource();
        using var log = new LogRecorder();
        var manager = new Manager(Given.Context(_time, log), _elector).Add(Stuck(entered));
        var run = manager.RunAsync(_stop.Token);
        await entered.Task;

        _leases.Hold("another");
        await PassUntilAsync(run);

        await Assert.ThrowsAsync<LeadershipLostException>(() => run);
        Assert.Contains(log.Lines, line => line.Id == 144 && line.Text.Contains("controllers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pass_that_does_not_end_keeps_the_lease_until_the_process_ends()
    {
        _server.List("5", Item("a", "1"));
        var entered = new TaskCompletionSource();
        var manager = new Manager(Given.Context(_time), _elector).Add(Stuck(entered));
        var run = manager.RunAsync(_stop.Token);
        await entered.Task;

        await _stop.CancelAsync();
        await PassUntilAsync(run);

        await run;
        Assert.Equal("me", _leases.Holder);
    }

    [Fact]
    public async Task A_part_that_fails_or_ends_by_itself_ends_the_manager()
    {
        _server.List("5");
        var failing = Manager().Add("server", _ => throw new InvalidDataException("no port"));

        await Assert.ThrowsAsync<InvalidDataException>(() => failing.RunAsync(_stop.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => new Manager(Given.Context(_time)).Add("server", _ => Task.CompletedTask).RunAsync(_stop.Token));
    }

    [Fact]
    public async Task A_start_that_fails_says_which_part()
    {
        using var log = new LogRecorder();
        var manager = new Manager(Given.Context(_time, log))
            .Add("web server", _ => throw new InvalidDataException("no port"))
            .Add("other", stop => Task.Delay(Timeout.InfiniteTimeSpan, _time, stop));

        await Assert.ThrowsAsync<InvalidDataException>(() => manager.RunAsync(_stop.Token));

        Assert.Equal("web server failed.", Assert.Single(log.Lines, line => line.Id == 143).Text);
    }

    [Fact]
    public async Task It_says_which_caches_have_not_synced()
    {
        var manager = new Manager(Given.Context(_time)).Add(_informer);
        var run = manager.RunAsync(_stop.Token);
        Assert.Equal("not synced: configmaps", manager.Unsynced());

        _server.List("5");
        await manager.Synced;

        Assert.Null(manager.Unsynced());
        await StopAsync(run);
    }

    [Fact]
    public async Task Without_an_elector_it_leads_alone()
    {
        var manager = new Manager(Given.Context(_time));
        var run = manager.RunAsync(_stop.Token);

        await manager.Started;

        Assert.True(manager.Leadership.IsLeader);
        await StopAsync(run);
    }

    private Manager Manager() => new Manager(Given.Context(_time), _elector).Add(Controller((key, _) =>
    {
        _order.Add($"reconcile {key.Name}, leads: {_elector.IsLeader}");
        return Task.FromResult(ReconcileResult.Done);
    }));

    private Controller Controller(Func<NamespacedName, CancellationToken, Task<ReconcileResult>> reconcile) =>
        ControllerBuilder.For(_informer).Build(new FunctionReconciler(reconcile), Given.Context(_time));

    // Cancellation does not reach it, as it does not reach a call into other people's code.
    private Controller Stuck(TaskCompletionSource entered) => Controller(async (_, _) =>
    {
        entered.SetResult();
        await new TaskCompletionSource().Task;
        return ReconcileResult.Done;
    });

    private async Task PassUntilAsync(Task ended)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!ended.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run;
    }
}
