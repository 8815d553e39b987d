using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class LeaderElectorTests : IDisposable
{
    private static readonly LeaderElectorOptions Options = new() { Lease = new NamespacedName("shop", "operator"), Identity = "me" };

    private readonly ManualTimeProvider _time = new();
    private readonly LeaseServer _server = new();
    private readonly KubernetesClient _client;
    private readonly LeaderElector _elector;
    private readonly CancellationTokenSource _stop = new();

    public LeaderElectorTests()
    {
        _client = Given.Client(_server.Handler, _time);
        _elector = new LeaderElector(_client, Options, Given.Context(_time));
    }

    public void Dispose()
    {
        _elector.Dispose();
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_first_to_come_leads_and_renews()
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);
        Assert.Equal("me", _server.Holder);
        Assert.Equal(Options.LeaseDuration, _elector.Remaining);

        for (var i = 0; i < 20; i++)
        {
            await RetryAsync();
            Assert.True(_elector.IsLeader);
        }

        await StopAsync(run);
    }

    [Fact]
    public async Task A_stop_releases_the_lease_so_that_another_leads_at_once()
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);

        await StopAsync(run);

        Assert.Equal("", _server.Holder);
        Assert.False(_elector.IsLeader);
        Assert.False(_elector.Lost.IsCancellationRequested);
        using var other = new LeaderElector(_client, Options with { Identity = "other" }, Given.Context(_time));
        using var stop = new CancellationTokenSource();
        var otherRun = other.RunAsync(stop.Token);
        await other.WaitAsync(CancellationToken.None);
        Assert.Equal("other", _server.Holder);
        await stop.CancelAsync();
        await otherRun;
    }

    [Fact]
    public async Task A_holder_that_stops_renewing_is_followed_after_its_time_by_our_own_clock()
    {
        _server.Hold("gone", seconds: 15);
        var run = _elector.RunAsync(_stop.Token);

        for (var i = 0; i < 7; i++)
        {
            await RetryAsync();
            Assert.False(_elector.IsLeader);
        }

        await RetryAsync();
        await _elector.WaitAsync(CancellationToken.None);
        Assert.Equal("me", _server.Holder);
        Assert.Equal(4, _server.Lease!["spec"]!["leaseTransitions"]!.GetValue<int>());
        await StopAsync(run);
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_gives_up_before_the_lease_runs_out()
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Options.RetryPeriod);
        _server.Broken = true;

        for (var i = 0; i < 4; i++)
        {
            await RetryAsync();
            Assert.True(_elector.IsLeader);
        }

        await _time.WaitForTimerAsync(Options.RetryPeriod);
        _time.Advance(Options.RetryPeriod);
        await Assert.ThrowsAsync<LeadershipLostException>(() => run);
        Assert.True(_elector.Lost.IsCancellationRequested);
        Assert.False(_elector.IsLeader);
        Assert.Equal("me", _server.Holder);
    }

    [Fact]
    public async Task A_lease_taken_by_another_is_lost_at_once()
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Options.RetryPeriod);
        _server.Hold("another");

        // The first try meets a version that it does not know; the second reads whose it is.
        await RetryAsync();
        _time.Advance(Options.RetryPeriod);

        await Assert.ThrowsAsync<LeadershipLostException>(() => run);
    }

    [Fact]
    public async Task What_remains_is_counted_from_before_the_request_and_runs_down_by_itself()
    {
        Assert.Equal(TimeSpan.Zero, _elector.Remaining);
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Options.RetryPeriod);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Options.LeaseDuration - TimeSpan.FromSeconds(1), _elector.Remaining);
        await StopAsync(run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_jumps_changes_nothing(int days)
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);

        for (var i = 0; i < 10; i++)
        {
            _time.SetWallClock(TimeSpan.FromDays(days));
            await RetryAsync();
            Assert.True(_elector.IsLeader);
            Assert.Equal(Options.LeaseDuration, _elector.Remaining);
        }

        await StopAsync(run);
    }

    [Fact]
    public async Task A_holder_whose_clock_is_wrong_is_waited_for_by_our_own()
    {
        _server.Hold("another", renewTime: "2099-01-01T00:00:00.000000Z");
        var run = _elector.RunAsync(_stop.Token);
        for (var i = 0; i < 8; i++)
        {
            _time.SetWallClock(TimeSpan.FromDays(-1));
            await RetryAsync();
        }

        await _elector.WaitAsync(CancellationToken.None);
        Assert.Equal("me", _server.Holder);
        await StopAsync(run);
    }

    [Fact]
    public async Task A_process_that_was_stopped_for_longer_than_its_lease_leads_no_more_from_the_first_moment()
    {
        var run = _elector.RunAsync(_stop.Token);
        await _elector.WaitAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(Options.RetryPeriod);

        var asked = _server.Handler.Requests.Count;
        _time.Advance(Options.LeaseDuration, wake: false);
        Assert.False(_elector.IsLeader);
        Assert.Equal(TimeSpan.Zero, _elector.Remaining);
        _time.Advance(TimeSpan.Zero);

        await Assert.ThrowsAsync<LeadershipLostException>(() => run);
        Assert.Equal(asked, _server.Handler.Requests.Count);
    }

    [Fact]
    public async Task A_lease_taken_by_a_request_that_was_cut_off_is_released_all_the_same()
    {
        _server.AnswerNever = true;
        var run = _elector.RunAsync(_stop.Token);
        await _server.Written.Task;
        _server.AnswerNever = false;

        await StopAsync(run);

        Assert.Equal("", _server.Holder);
    }

    [Theory]
    [InlineData(15, 15, 2)]
    [InlineData(15, 10, 10)]
    [InlineData(15, 10, 8.4)]
    [InlineData(15, 10, 0)]
    public void Times_that_would_let_two_lead_are_refused(double lease, double renew, double retry) =>
        Assert.Throws<ArgumentException>(() => new LeaderElector(
            _client,
            Options with { LeaseDuration = TimeSpan.FromSeconds(lease), RenewDeadline = TimeSpan.FromSeconds(renew), RetryPeriod = TimeSpan.FromSeconds(retry) },
            Given.Context(_time)));

    [Fact]
    public void A_process_without_a_name_cannot_lead() =>
        Assert.Throws<ArgumentException>(() => new LeaderElector(_client, Options with { Identity = "" }, Given.Context(_time)));

    // One period, and the request that follows it: when the next timer is set it has been answered.
    private async Task RetryAsync()
    {
        await _time.WaitForTimerAsync(Options.RetryPeriod);
        _time.Advance(Options.RetryPeriod);
        await _time.WaitForTimerAsync(Options.RetryPeriod);
    }

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run;
    }
}
