using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class WorkQueueTests
{
    private readonly WorkQueue _queue = new("test", Given.Context(new ManualTimeProvider()));

    [Fact]
    public async Task Keys_come_in_the_order_in_which_they_were_added()
    {
        _queue.Add(Given.A);
        _queue.Add(Given.B);

        Assert.Equal(Given.A, await _queue.GetAsync(CancellationToken.None));
        Assert.Equal(Given.B, await _queue.GetAsync(CancellationToken.None));
    }

    [Fact]
    public void A_key_that_waits_is_not_added_again()
    {
        _queue.Add(Given.A);
        _queue.Add(Given.A);

        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task A_key_added_while_in_work_runs_again_after_it_is_done()
    {
        _queue.Add(Given.A);
        await _queue.GetAsync(CancellationToken.None);
        _queue.Add(Given.A);
        var next = _queue.GetAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);

        _queue.Done(Given.A);

        Assert.Equal(Given.A, await next);
    }

    [Fact]
    public async Task A_key_that_was_not_added_again_is_over_when_it_is_done()
    {
        _queue.Add(Given.A);
        await _queue.GetAsync(CancellationToken.None);

        _queue.Done(Given.A);

        Assert.Equal(0, _queue.Count);
        Assert.True(_queue.IdleAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_getter_that_gave_up_takes_no_key_with_it()
    {
        using var cancel = new CancellationTokenSource();
        var first = _queue.GetAsync(cancel.Token);
        var second = _queue.GetAsync(CancellationToken.None);
        await cancel.CancelAsync();

        _queue.Add(Given.A);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(Given.A, await second);
    }

    [Fact]
    public async Task Shutting_down_wakes_the_getters_and_drops_what_waits()
    {
        var getter = _queue.GetAsync(CancellationToken.None);
        _queue.ShutDown();
        _queue.Add(Given.A);

        Assert.Null(await getter);
        Assert.Null(await _queue.GetAsync(CancellationToken.None));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task It_is_idle_when_nothing_waits_and_nothing_is_in_work()
    {
        _queue.Add(Given.A);
        var idle = _queue.IdleAsync(CancellationToken.None);
        await _queue.GetAsync(CancellationToken.None);
        _queue.Add(Given.A);
        _queue.Done(Given.A);
        await _queue.GetAsync(CancellationToken.None);
        Assert.False(idle.IsCompleted);

        _queue.Done(Given.A);

        await idle;
    }

    [Fact]
    public async Task No_key_is_ever_in_two_hands()
    {
        var inWork = new int[4];
        var passes = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(WorkAsync)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                _queue.Add(new("shop", $"{(number + i) % 4}"));
            }
        })));
        await _queue.IdleAsync(CancellationToken.None);
        _queue.ShutDown();
        await Task.WhenAll(workers);

        Assert.InRange(passes, 4, 8000);

        async Task WorkAsync()
        {
            while (await _queue.GetAsync(CancellationToken.None) is { } key)
            {
                var number = int.Parse(key.Name);
                Assert.Equal(1, Interlocked.Increment(ref inWork[number]));
                await Task.Yield();
                Interlocked.Increment(ref passes);
                Interlocked.Decrement(ref inWork[number]);
                _queue.Done(key);
            }
        }
    }
}
