using System.Net;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

public sealed class ControllerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly LogRecorder _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Func<ReconcileResult>> _script = new();
    private readonly List<NamespacedName> _passes = [];

    public void Dispose()
    {
        _stop.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_pass_that_is_done_is_not_repeated()
    {
        await using var controller = Run(() => ReconcileResult.Done);

        await PassAsync(controller);
        _time.Advance(TimeSpan.FromHours(1));
        await controller.IdleAsync();

        Assert.Equal([Given.A], _passes);
    }

    [Fact]
    public async Task A_pass_may_ask_to_be_repeated_after_a_while()
    {
        await using var controller = Run(() => ReconcileResult.After(TimeSpan.FromMinutes(1)), () => ReconcileResult.Done);
        await PassAsync(controller);
        _time.Advance(TimeSpan.FromSeconds(59));
        await controller.IdleAsync();
        Assert.Single(_passes);

        _time.Advance(TimeSpan.FromSeconds(1));
        await controller.IdleAsync();

        Assert.Equal(2, _passes.Count);
    }

    [Fact]
    public async Task A_failure_is_retried_after_growing_waits_until_it_succeeds()
    {
        await using var controller = Run(Fail, Fail, () => ReconcileResult.Done);
        await PassAsync(controller);
        _time.Advance(RateLimiter.BaseDelay);
        await controller.IdleAsync();
        Assert.Equal(2, _passes.Count);
        _time.Advance(RateLimiter.BaseDelay);
        await controller.IdleAsync();
        Assert.Equal(2, _passes.Count);

        _time.Advance(RateLimiter.BaseDelay);
        await controller.IdleAsync();

        Assert.Equal(3, _passes.Count);
        Assert.Equal(2, _log.Lines.Count(line => line.Level == LogLevel.Error));
        Assert.Contains("reconcileID=configmap-1", _log.Lines.First(line => line.Level == LogLevel.Error).Scope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_failure_is_not_retried_but_a_change_is_still_looked_at()
    {
        await using var controller = Run(() => throw new TerminalException("The spec is wrong."), () => ReconcileResult.Done);
        await PassAsync(controller);
        _time.Advance(TimeSpan.FromHours(1));
        await controller.IdleAsync();
        Assert.Single(_passes);

        await PassAsync(controller);

        Assert.Equal(2, _passes.Count);
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task A_conflict_is_retried_soon_and_is_no_warning()
    {
        var conflict = new ApiException(HttpStatusCode.Conflict, "Conflict", "changed");
        await using var controller = Run([.. Enumerable.Repeat<Func<ReconcileResult>>(() => throw conflict, 12), () => ReconcileResult.Done]);
        await PassAsync(controller);

        for (var i = 0; i < 12; i++)
        {
            _time.Advance(Controller.MaxConflictDelay);
            await controller.IdleAsync();
        }

        Assert.Equal(13, _passes.Count);
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_given_the_time()
    {
        var busy = new ApiException(HttpStatusCode.TooManyRequests, "TooManyRequests", "busy", TimeSpan.FromSeconds(20));
        await using var controller = Run(() => throw busy, () => ReconcileResult.Done);
        await PassAsync(controller);
        _time.Advance(TimeSpan.FromSeconds(19));
        await controller.IdleAsync();
        Assert.Single(_passes);

        _time.Advance(TimeSpan.FromSeconds(1));
        await controller.IdleAsync();

        Assert.Equal(2, _passes.Count);
    }

    [Fact]
    public async Task A_pass_that_takes_too_long_is_cancelled_and_retried()
    {
        var entered = new TaskCompletionSource();
        await using var controller = Run(new FunctionReconciler(async (key, cancellationToken) =>
        {
            _passes.Add(key);
            if (_passes.Count == 1)
            {
                entered.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
            }

            return ReconcileResult.Done;
        }));
        controller.Controller.Enqueue(Given.A);
        await entered.Task;

        _time.Advance(new ControllerOptions().ReconcileTimeout);
        await controller.IdleAsync();
        _time.Advance(RateLimiter.BaseDelay);
        await controller.IdleAsync();

        Assert.Equal(2, _passes.Count);
        Assert.Contains(_log.Lines, line => line.Id == 100);
    }

    [Fact]
    public async Task A_mistake_in_the_program_is_survived_retried_and_counted_apart()
    {
        await using var controller = Run(() => throw new InvalidCastException(), () => throw new InvalidDataException(), () => ReconcileResult.Done);
        using var metrics = new PrometheusExposition(controller.Context.Metrics.Meter);
        await PassAsync(controller);
        _time.Advance(RateLimiter.BaseDelay);
        await controller.IdleAsync();
        _time.Advance(RateLimiter.BaseDelay * 2);
        await controller.IdleAsync();

        var page = metrics.Render();

        Assert.Equal(3, _passes.Count);
        Assert.Contains("controller_runtime_reconcile_panics_total{controller=\"configmap\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("controller_runtime_reconcile_errors_total{controller=\"configmap\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("controller_runtime_reconcile_total{controller=\"configmap\",result=\"success\"} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_series_of_a_controller_is_there_before_its_first_pass()
    {
        var context = Given.Context(_time);
        using var metrics = new PrometheusExposition(context.Metrics.Meter);
        using var client = Given.Client(new ScriptedServer().Handler, _time);
        using var controller = ControllerBuilder.For(new Informer<ConfigMap>(client, new InformerOptions(), context))
            .Build(new FunctionReconciler(static _ => ReconcileResult.Done), context);

        var page = metrics.Render();

        Assert.All(
            (string[])[
                "reconcile_total{controller=\"configmap\",result=\"success\"} 0", "reconcile_total{controller=\"configmap\",result=\"error\"} 0",
                "reconcile_total{controller=\"configmap\",result=\"requeue_after\"} 0", "reconcile_errors_total{controller=\"configmap\"} 0",
                "terminal_reconcile_errors_total{controller=\"configmap\"} 0", "reconcile_panics_total{controller=\"configmap\"} 0",
                "max_concurrent_reconciles{controller=\"configmap\"} 4", "active_workers{controller=\"configmap\"} 0",
            ],
            line => Assert.Contains($"controller_runtime_{line}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_waits_for_the_pass_under_way_and_begins_no_other()
    {
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        await using var controller = Run(new FunctionReconciler(async (key, _) =>
        {
            _passes.Add(key);
            entered.SetResult();
            await leave.Task;
            return ReconcileResult.Done;
        }), workers: 1);
        controller.Controller.Enqueue(Given.A);
        controller.Controller.Enqueue(Given.B);
        await entered.Task;

        await _stop.CancelAsync();
        Assert.False(controller.Ended.IsCompleted);
        leave.SetResult();
        await controller.Ended;

        Assert.Equal([Given.A], _passes);
    }

    [Fact]
    public async Task A_pass_that_does_not_end_after_a_stop_is_cancelled()
    {
        var entered = new TaskCompletionSource();
        await using var controller = Run(new FunctionReconciler(async (_, cancellationToken) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
            return ReconcileResult.Done;
        }));
        controller.Controller.Enqueue(Given.A);
        await entered.Task;

        await _stop.CancelAsync();
        await _time.WaitForTimerAsync(new ControllerOptions().DrainTimeout);
        _time.Advance(new ControllerOptions().DrainTimeout);

        await controller.Ended;
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Warning);
    }

    private RunningController Run(params Func<ReconcileResult>[] script)
    {
        foreach (var step in script)
        {
            _script.Enqueue(step);
        }

        return Run(new FunctionReconciler(key =>
        {
            _passes.Add(key);
            return _script.Dequeue()();
        }));
    }

    private RunningController Run(IReconciler reconciler, int workers = 4) => RunningController.Start(_time, _log, _stop, reconciler, workers);

    private static async Task PassAsync(RunningController controller)
    {
        controller.Controller.Enqueue(Given.A);
        await controller.IdleAsync();
    }

    private static ReconcileResult Fail() => throw new InvalidOperationException("not yet");
}
