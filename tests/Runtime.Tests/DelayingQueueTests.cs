using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class DelayingQueueTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly WorkQueue _queue;
    private readonly DelayingQueue _delaying;

    public DelayingQueueTests()
    {
        _queue = new WorkQueue("test", Given.Context(_time));
        _delaying = new DelayingQueue(_queue, _time);
    }

    public void Dispose() => _delaying.Dispose();

    [Fact]
    public void A_key_comes_at_its_time_and_not_before()
    {
        _delaying.AddAfter(Given.A, TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(0, _queue.Count);

        _time.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Equal(1, _queue.Count);
        Assert.Equal(0, _delaying.Count);
    }

    [Fact]
    public void Without_a_delay_it_comes_at_once()
    {
        _delaying.AddAfter(Given.A, TimeSpan.Zero);

        Assert.Equal(1, _queue.Count);
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 5)]
    public async Task Of_two_times_the_earlier_counts_and_once(int first, int second)
    {
        _delaying.AddAfter(Given.A, TimeSpan.FromSeconds(first));
        _delaying.AddAfter(Given.A, TimeSpan.FromSeconds(second));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Given.A, await _queue.GetAsync(CancellationToken.None));
        _queue.Done(Given.A);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void A_shorter_delay_overtakes_a_longer_one()
    {
        _delaying.AddAfter(Given.A, TimeSpan.FromMinutes(10));
        _delaying.AddAfter(Given.B, TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _queue.Count);
        Assert.Equal(1, _delaying.Count);
    }

    [Fact]
    public void A_delay_beyond_what_a_timer_holds_is_cut()
    {
        _delaying.AddAfter(Given.A, TimeSpan.MaxValue);

        _time.Advance(DelayingQueue.MaxDelay);

        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void A_failing_key_waits_twice_as_long_each_time_up_to_a_bound()
    {
        var limiter = new RateLimiter(static () => 0);

        var waits = Enumerable.Range(0, 14).Select(_ => limiter.Next(Given.A)).ToList();

        Assert.Equal(RateLimiter.BaseDelay, waits[0]);
        Assert.Equal(RateLimiter.BaseDelay * 2, waits[1]);
        Assert.Equal(RateLimiter.BaseDelay * 4, waits[2]);
        Assert.Equal(RateLimiter.MaxDelay, waits[^1]);
        Assert.Equal(RateLimiter.BaseDelay, limiter.Next(Given.B));
        limiter.Forget(Given.A);
        Assert.Equal(RateLimiter.BaseDelay, limiter.Next(Given.A));
    }

    [Fact]
    public void Jitter_makes_a_wait_longer_by_a_part_of_itself() =>
        Assert.Equal(RateLimiter.BaseDelay * (1 + (RateLimiter.Spread / 2)), new RateLimiter(static () => 0.5).Next(Given.A));
}
